import Biomatch
import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import BiomatchGallery

/// Who is enrolled in the demonstration's gallery, and who is sought there.
///
/// Everybody has both index fingers and a face. Other impressions of the fingers of some of them, spread
/// evenly, and other samples of their faces are the mated probes; the people behind them the non-mated
/// ones.
struct DemoPeople: Sendable {
  let fingers: SyntheticFingers
  let faces: SyntheticFaces
  /// How many people are enrolled.
  let count: Int
  /// How many non-mated probes there are, and how many mated ones where there are as many people.
  let probes: Int

  /// How many mated probes there are.
  var matedCount: Int { min(probes, count) }

  /// The model of the vectors, by its name.
  func model() throws -> FaceModel { try FaceModel(name: "synthetic-full-rank") }

  /// People that are enrolled.
  func people(_ range: Range<Int>, threads: Int) throws -> [Person] {
    let model = try model()
    return try ParallelWork.map(range.count, threads: threads, chunk: 16) { chunk in
      try chunk.map { try person(range.lowerBound + $0, model) }
    }
  }

  private func person(_ number: Int, _ model: FaceModel) throws -> Person {
    let encoder = MinutiaeEncoder(format: .iso2005)
    let subject = try Self.subject(number)
    var samples = try Self.places.map { place in
      let finger = fingers.finger(number * 10 + place)
      let view = FingerView(fingers.impression(0, of: finger))
      return Sample.finger(
        FingerSample(
          reference: try Self.reference(subject, view.position.label),
          record: try encoder.encode(MinutiaeRecord(views: [view])).bytes
        )
      )
    }
    samples.append(
      .face(
        FaceSample(
          reference: try Self.reference(subject, "face"),
          model: model,
          vector: faces.vector(identity: number, sample: 0)
        )
      )
    )
    return Person(
      subject: subject,
      demographics: Demographics(
        names: [RecordedName(primary: "INVENTED", secondary: "\(number + 1)")],
        birthDate: try PartialDate(year: 1940 + number % 66)
      ),
      samples: samples
    )
  }

  // MARK: Probes

  /// Both index fingers of people who are enrolled, or of others.
  func fingerProbes(mated: Bool) -> [GalleryProbe] {
    numbers(mated: mated).map { number in
      .fingers(
        Self.places.map { place in
          let finger = fingers.finger(number * 10 + place)
          return GalleryProbe.Finger(fingers.impression(1, of: finger))
        }
      )
    }
  }

  /// Faces of people who are enrolled, or of others.
  func faceProbes(mated: Bool) throws -> [GalleryProbe] {
    let model = try model()
    return numbers(mated: mated).map {
      .face(faces.vector(identity: $0, sample: 1), model: model)
    }
  }

  /// The references of whom a mated probe is of.
  func mates(ofProbe probe: Int) throws -> [ReferenceID] {
    let subject = try Self.subject(probe * count / matedCount)
    return try ["right-index", "left-index", "face"].map { try Self.reference(subject, $0) }
  }

  /// The subject with that number, counted from zero.
  static func subject(_ number: Int) throws -> SubjectID {
    try SubjectID(SyntheticNames.subject(number))
  }

  /// Fingers come in the order of their positions, thumb first: these are the index fingers.
  private static let places = [1, 6]

  private func numbers(mated: Bool) -> [Int] {
    mated ? (0..<matedCount).map { $0 * count / matedCount } : Array(count..<count + probes)
  }

  private static func reference(_ subject: SubjectID, _ label: String) throws -> ReferenceID {
    try ReferenceID("\(subject)/\(label)")
  }
}
