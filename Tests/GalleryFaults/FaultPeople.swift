import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import BiomatchGallery
import BiomatchTestSupport

/// Invented people, of whom number and version tell everything.
package enum FaultPeople {
  /// The list that every second version of a person is on.
  package static func list() throws -> SubjectList {
    SubjectList(name: try Label("watch"), purpose: "tests", legalBasis: "none")
  }

  package static func subject(_ number: Int) throws -> SubjectID {
    try SubjectID("subject-\(number)")
  }

  /// Numbers from which on people have pictures of 12 MB: three of them fill a log.
  package static let large = 1_000_000

  /// The person as the gallery gives them back.
  package static func person(_ number: Int, version: Int) throws -> Person {
    Person(
      subject: try subject(number),
      category: try Label("version \(version)"),
      lists: try lists(version),
      demographics: try demographics(number, version),
      fingers: [FingerStatus(position: .leftThumb, condition: .amputated)],
      samples: [try finger(number), try face(number, version)]
    )
  }

  /// What brings a person to a version.
  package static func changes(_ number: Int, to version: Int) throws -> PersonChanges {
    PersonChanges(
      category: .set(try Label("version \(version)")),
      lists: try lists(version),
      demographics: try demographics(number, version),
      removed: [try face(number, version - 1).reference],
      added: [try face(number, version)]
    )
  }

  /// The person's face.
  package static func probe(_ number: Int, version: Int) throws -> GalleryProbe {
    guard case .face(let face) = try face(number, version) else { fatalError("it is a face") }
    return .face(face.vector, model: face.model)
  }

  /// The finger that all of them have.
  package static func fingerProbe() throws -> GalleryProbe {
    .finger(try FingerprintTemplate(view: view))
  }

  private static func lists(_ version: Int) throws -> Set<Label> {
    version.isMultiple(of: 2) ? [try list().name] : []
  }

  private static func demographics(_ number: Int, _ version: Int) throws -> Demographics {
    Demographics(
      names: [RecordedName(primary: "ŽIŽEK-\(number)", secondary: "Ana")],
      birthDate: try PartialDate("1984-05-00"),
      documents: [IdentityDocument(type: "P", number: "C\(number)-\(version)")]
    )
  }

  private static func finger(_ number: Int) throws -> Sample {
    .finger(
      FingerSample(
        reference: try ReferenceID("\(number)/finger"),
        record: try record.get(),
        format: .iso2005,
        position: .rightIndex,
        quality: 61,
        impressionType: 0
      )
    )
  }

  private static let view = SyntheticFinger(seed: 1, minutiae: 20).impression(seed: 1)

  // One finger is enough, and making it takes longer than a hundred enrolments.
  private static let record = Result {
    try MinutiaeEncoder(format: .iso2005).encode(MinutiaeRecord(views: [view])).bytes
  }

  private static func face(_ number: Int, _ version: Int) throws -> Sample {
    var random = SeededGenerator(seed: UInt64(1000 * number + version))
    return .face(
      FaceSample(
        reference: try ReferenceID("\(number)/face/\(version)"),
        model: try FaceModel(name: "test", version: "1"),
        vector: (0..<64).map { _ in Float.random(in: -1...1, using: &random) },
        quality: 70,
        original: Array("picture \(number) \(version)".utf8)
          + [UInt8](repeating: 7, count: number < large ? 0 : 12_000_000)
      )
    )
  }
}
