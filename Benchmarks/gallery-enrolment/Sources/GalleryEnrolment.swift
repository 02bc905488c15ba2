import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import BiomatchGallery
import Foundation

/// Measures how many people a gallery enrols, reads and opens a second.
///
///   gallery-enrolment DIRECTORY [PEOPLE]
///
/// Each person has two fingers and a face of 512 values. The gallery is sealed, and made anew below
/// DIRECTORY, whose device is what is measured.
@main
struct GalleryEnrolment {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 2 else {
      print("usage: gallery-enrolment DIRECTORY [PEOPLE]")
      exit(64)
    }
    let count = arguments.count > 2 ? Int(arguments[2]) ?? 20_000 : 20_000
    let path = arguments[1] + "/gallery-\(UInt32.random(in: .min ... .max))"
    let key = KeySource.file(path + ".key")
    try KeySource.makeKeyFile(at: path + ".key")
    let people = try makePeople(count)

    let gallery = try await Gallery.create(at: path, sealing: .sealed(key))
    let report = try await measure("bulk enrolment, people", count) {
      try await gallery.enrol(contentsOf: people)
    }
    precondition(report.enrolled == count)
    try await measure("samples read and opened", 3 * count) {
      for kind in SampleKind.allCases { try await gallery.samples(kind) { _ in } }
    }
    let singles = try makePeople(400, from: count)
    try await measure("single enrolments, one after the other", 200) {
      for person in singles[..<200] { try await gallery.enrol(person) }
    }
    try await measure("single enrolments, 200 at once", 200) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for person in singles[200...] { group.addTask { try await gallery.enrol(person) } }
        try await group.waitForAll()
      }
    }
    try await measure("erasures", 5) {
      for person in people[..<5] { _ = try await gallery.erase(person.subject) }
    }
    try await gallery.close()
    let reopened = try await measure("openings", 1) { try await Gallery.open(at: path, key: key) }
    try await reopened.close()
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.removeItem(atPath: path + ".key")
  }

  private static func makePeople(_ count: Int, from first: Int = 0) throws -> [Person] {
    let fingers = SyntheticFingers(seed: 1)
    let faces = SyntheticFaces(seed: 1)
    let encoder = MinutiaeEncoder(format: .iso2005)
    // A hundred prints are enough: the store does not look at their minutiae.
    let records = try (0..<100).map { index in
      let template = fingers.impression(0, of: fingers.finger(index))
      return try encoder.encode(MinutiaeRecord(views: [FingerView(template)])).bytes
    }
    let model = try FaceModel(name: "synthetic")
    return try (first..<first + count).map { number in
      let prints = try (0..<2).map { finger in
        Sample.finger(
          FingerSample(
            reference: try ReferenceID("person-\(number)/\(finger)"),
            record: records[(2 * number + finger) % 100]
          )
        )
      }
      let face = Sample.face(
        FaceSample(
          reference: try ReferenceID("person-\(number)/face"),
          model: model,
          vector: faces.vector(identity: number, sample: 0)
        )
      )
      return Person(
        subject: try SubjectID("person-\(number)"),
        demographics: Demographics(
          names: [RecordedName(primary: "SPECIMEN \(number)", secondary: "ERIKA")],
          birthDate: try PartialDate(year: 1984, month: 5),
          sex: .female,
          nationalities: [try CountryCode("D")]
        ),
        samples: prints + [face]
      )
    }
  }

  @discardableResult
  private static func measure<Result: Sendable>(
    _ name: String,
    _ count: Int,
    _ body: @Sendable () async throws -> Result
  ) async throws -> Result {
    let start = ContinuousClock.now
    let result = try await body()
    let seconds = start.duration(to: .now) / .seconds(1)
    let rate = Double(count) / seconds
    print("\(name): \(Int(rate)) a second (\(count) in \(Int(seconds * 1000)) ms)")
    return result
  }
}
