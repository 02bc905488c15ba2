import BiomatchFace
import BiomatchFingerprint
import BiomatchTestSupport

@testable import BiomatchGallery

/// Invented people.
enum TestPeople {
  static func record(_ seed: UInt64) throws -> [UInt8] {
    let view = SyntheticFinger(seed: seed, minutiae: 30).impression(seed: seed + 1)
    return try MinutiaeEncoder(format: .iso2005).encode(MinutiaeRecord(views: [view])).bytes
  }

  static func finger(_ reference: String, seed: UInt64) throws -> Sample {
    .finger(
      FingerSample(
        reference: try ReferenceID(reference),
        record: try record(seed),
        position: .rightIndex,
        quality: 61
      )
    )
  }

  static func face(_ reference: String, seed: UInt64, dimension: Int = 64) throws -> Sample {
    var random = SeededGenerator(seed: seed)
    return .face(
      FaceSample(
        reference: try ReferenceID(reference),
        model: try FaceModel(name: "test", version: "1"),
        vector: (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) },
        quality: 70,
        original: Array("picture \(seed)".utf8)
      )
    )
  }

  /// A person with two fingers and a face.
  static func person(_ number: Int) throws -> Person {
    let seed = UInt64(number) * 10
    return Person(
      subject: try SubjectID("subject-\(number)"),
      category: try Label("visa"),
      demographics: Demographics(
        names: [RecordedName(primary: "ŽIŽEK-\(number)", secondary: "Ana Mária")],
        birthDate: try PartialDate("1984-05-00"),
        sex: .female,
        nationalities: [try CountryCode("D"), try CountryCode("XXB")],
        documents: [
          IdentityDocument(
            type: "P",
            number: "C01X\(number)",
            issuer: try CountryCode("D"),
            expiry: try PartialDate("2031-01-01")
          )
        ]
      ),
      fingers: [
        FingerStatus(position: .leftThumb, condition: .bandaged),
        FingerStatus(position: .leftLittle, condition: .amputated),
      ],
      samples: [
        try finger("\(number)/2/1", seed: seed), try finger("\(number)/2/2", seed: seed + 3),
        try face("\(number)/face", seed: seed + 6),
      ]
    )
  }

  /// Another impression of the finger that ``finger(_:seed:)`` makes.
  static func probe(_ seed: UInt64, position: FingerPosition = .rightIndex) throws -> GalleryProbe {
    let view = SyntheticFinger(seed: seed, minutiae: 30).impression(seed: seed + 1000)
    return .finger(try FingerprintTemplate(view: view), position: position)
  }

  /// The vector that ``face(_:seed:dimension:)`` makes, a little changed.
  static func faceProbe(_ seed: UInt64, dimension: Int = 64) throws -> GalleryProbe {
    guard case .face(let face) = try face("probe", seed: seed, dimension: dimension) else {
      return .fingers([])
    }
    var random = SeededGenerator(seed: seed + 1)
    return .face(
      face.vector.map { $0 + Float.random(in: -0.2...0.2, using: &random) },
      model: face.model
    )
  }

  /// A person with fingers of several positions and faces of two models.
  static func manifold(_ number: Int) throws -> Person {
    let seed = UInt64(number) * 10
    let positions: [FingerPosition] = [.rightIndex, .unknown, .leftThumb, .rightIndex]
    var samples = try positions.enumerated().map { place, position in
      Sample.finger(
        FingerSample(
          reference: try ReferenceID("\(number)/finger/\(place)"),
          record: try record(seed + UInt64(place)),
          position: position
        )
      )
    }
    samples.append(try face("\(number)/face", seed: seed))
    samples.append(
      .face(
        FaceSample(
          reference: try ReferenceID("\(number)/other"),
          model: try FaceModel(name: "other"),
          vector: (0..<96).map { Float(($0 * (number + 3)) % 17) - 8 }
        )
      )
    )
    return Person(
      subject: try SubjectID("subject-\(number)"),
      category: number.isMultiple(of: 2) ? try Label("visa") : nil,
      samples: samples
    )
  }
}
