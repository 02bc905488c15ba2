import Biomatch
import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import BiomatchGallery

/// Invented people with two fingers and a face each.
struct BenchPeople {
  static let model = "synthetic"
  /// Impressions are made once and given to many: what is measured does not depend on whose they are.
  private static let printCount = 2000

  private let records: [[UInt8]]
  private let probes: [FingerprintTemplate]
  private let faces = SyntheticFaces(seed: 1)
  private let faceModel: FaceModel

  init() throws {
    let fingers = SyntheticFingers(seed: 1)
    let encoder = MinutiaeEncoder(format: .iso2005)
    records = try (0..<Self.printCount).map { index in
      let template = fingers.impression(0, of: fingers.finger(index))
      return try encoder.encode(MinutiaeRecord(views: [FingerView(template)])).bytes
    }
    probes = (0..<32).map { fingers.impression(1, of: fingers.finger(2 * $0)) }
    faceModel = try FaceModel(name: Self.model)
  }

  func people(_ numbers: Range<Int>) throws -> [Person] { try numbers.map { try person($0) } }

  private func person(_ number: Int) throws -> Person {
    var samples = try [FingerPosition.rightIndex, .leftIndex].enumerated().map { place, position in
      Sample.finger(
        FingerSample(
          reference: try ReferenceID("\(number)/\(place)"),
          record: records[(2 * number + place) % records.count],
          position: position
        )
      )
    }
    samples.append(
      .face(
        BiomatchGallery.FaceSample(
          reference: try ReferenceID("\(number)/face"),
          model: faceModel,
          vector: faces.vector(identity: number, sample: 0)
        )
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
      samples: samples
    )
  }

  /// Probes of people who are there.
  var fingerProbes: [GalleryProbe] {
    probes.map { .finger($0, position: .rightIndex) }
  }

  /// Probes of people who are there.
  var faceProbes: [GalleryProbe] {
    (0..<32).map { .face(faces.vector(identity: $0, sample: 1), model: faceModel) }
  }
}
