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
}
