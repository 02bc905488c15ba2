import Biomatch
import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import BiomatchGallery

/// Reads the samples of people from their files.
struct PersonReader: Sendable {
  let template: TemplateOptions
  let faces: FaceFileOptions

  /// The person with all samples.
  ///
  /// - Parameters:
  ///   - taken: references that the person's samples have already.
  ///   - report: gets each file's repairs.
  /// - Throws: a `BiomatchError` that names the file.
  func person(
    _ entry: PersonEntry,
    taken: Set<ReferenceID> = [],
    report: (LoadedTemplate) -> Void = { _ in }
  ) throws -> Person {
    var names = SampleNames(subject: entry.person.subject, taken: taken)
    names.taken.formUnion(entry.fingers.compactMap(\.reference))
    names.taken.formUnion(entry.faces.compactMap(\.reference))
    var person = entry.person
    for finger in entry.fingers {
      person.samples += try naming(finger.place) {
        let record = try template.record(finger.path)
        report(record.loaded)
        return try samples(of: record, finger, &names)
      }
    }
    for face in entry.faces {
      let vector = try naming(face.place) { try faces.load(face.vector) }
      person.samples.append(
        .face(
          FaceSample(
            reference: try face.reference ?? names.next("face"),
            model: face.model,
            vector: vector.values
          )
        )
      )
    }
    return person
  }

  /// Errors of a file, with the place that names it.
  private func naming<R>(_ place: ErrorLocation, _ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as any BiomatchError {
      throw SampleFileError(underlying: error, place: place)
    }
  }

  /// A sample for each view.
  private func samples(
    of record: (bytes: [UInt8], loaded: LoadedTemplate),
    _ finger: PersonEntry.FingerFile,
    _ names: inout SampleNames
  ) throws -> [Sample] {
    let views = record.loaded.views
    let context = try template.context()
    return try views.enumerated().map { number, view in
      let reference: ReferenceID
      if let given = finger.reference {
        reference = views.count == 1 ? given : try ReferenceID("\(given)#\(number + 1)")
      } else {
        reference = try names.next((finger.position ?? view.position).label)
      }
      return .finger(
        FingerSample(
          reference: reference,
          record: record.bytes,
          format: record.loaded.decoded.format,
          context: context,
          view: number,
          position: finger.position
        )
      )
    }
  }
}

/// Gives samples without a reference one: `SUBJECT/right-index`, then `SUBJECT/right-index-2`.
struct SampleNames {
  let subject: SubjectID
  var taken: Set<ReferenceID>

  mutating func next(_ label: String) throws -> ReferenceID {
    var number = 1
    while true {
      let reference = try ReferenceID("\(subject)/\(label)" + (number == 1 ? "" : "-\(number)"))
      if taken.insert(reference).inserted { return reference }
      number += 1
    }
  }
}

/// Why the file of a sample could not be read.
struct SampleFileError: BiomatchError {
  let underlying: any BiomatchError
  /// Where the file is named.
  let place: ErrorLocation

  var code: String { underlying.code }
  var location: ErrorLocation { underlying.location }
  var rule: String { underlying.rule }
  var remedy: String { underlying.remedy }
  var category: ErrorCategory { underlying.category }
}
