import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import Foundation

/// A sample that was checked.
struct PreparedSample: Sendable {
  let sample: Sample
  /// The minutiae, of a finger.
  let template: FingerprintTemplate?

  /// The model and the dimension, of a face.
  var model: (FaceModel, dimension: Int)? {
    guard case .face(let face) = sample else { return nil }
    return (face.model, face.vector.count)
  }
}

/// A person who was checked and sealed, and only needs to be written.
struct PreparedPerson: Sendable {
  let subject: SubjectID
  let category: Label?
  let lists: Set<Label>
  /// `nil` in a gallery in clear.
  let key: SubjectKey?
  let profile: Data
  let samples: [PreparedSample]
  let contents: [Data]
  let repairs: [EnrolmentRepair]
}

/// An update that was checked; it is sealed when it is written, by the version that it makes.
struct PreparedUpdate: Sendable {
  let subject: SubjectID
  let changes: PersonChanges
  let samples: [PreparedSample]
  let repairs: [EnrolmentRepair]
}

/// A change that waits for the writer.
enum PreparedChange: Sendable {
  case enrol(PreparedPerson)
  case update(PreparedUpdate)

  var repairs: [EnrolmentRepair] {
    switch self {
    case .enrol(let person): person.repairs
    case .update(let update): update.repairs
    }
  }
}
