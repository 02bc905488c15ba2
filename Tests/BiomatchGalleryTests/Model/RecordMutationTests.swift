import BiomatchFace
import BiomatchFingerprint
import BiomatchTestSupport
import Testing

@testable import BiomatchGallery

@Suite("Hostile bytes in the place of records")
struct RecordMutationTests {
  /// In a gallery in clear anybody who can write to the file decides what is decoded.
  @Test("No bytes trap, and what decodes as a profile is written again as it was", arguments: 0..<8)
  func profiles(seed: UInt64) throws {
    var random = RandomRecord(seed: seed)
    for round in 0..<200 {
      let (demographics, fingers) = try random.profile()
      let bytes = ProfileCoding.encode(demographics, fingers)
      let decoded = try ProfileCoding.decode(bytes)
      #expect(decoded.0 == demographics && decoded.1 == fingers, "seed \(seed), round \(round)")
      for _ in 0..<50 {
        let damaged = random.damaged(bytes)
        guard let decoded = try? ProfileCoding.decode(damaged) else { continue }
        #expect(ProfileCoding.encode(decoded.0, decoded.1) == damaged, "seed \(seed): \(damaged)")
      }
    }
  }

  @Test("No bytes trap, and what decodes as a sample is written again as it was", arguments: 0..<8)
  func samples(seed: UInt64) throws {
    var random = RandomRecord(seed: seed)
    let reference = try ReferenceID("sample")
    for round in 0..<200 {
      let sample = try random.sample(reference)
      let bytes = SampleCoding.encode(sample)
      let decoded = try SampleCoding.decode(bytes, reference: reference, kind: sample.kind)
      #expect(SampleCoding.encode(decoded) == bytes, "seed \(seed), round \(round)")
      // A number that is none is unlike itself.
      #expect(decoded == sample || sample.hasNaN, "seed \(seed), round \(round)")
      for _ in 0..<50 {
        let damaged = random.damaged(bytes)
        for kind in SampleKind.allCases {
          guard
            let decoded = try? SampleCoding.decode(damaged, reference: reference, kind: kind)
          else { continue }
          #expect(SampleCoding.encode(decoded) == damaged, "seed \(seed): \(damaged)")
        }
      }
    }
  }
}

extension Sample {
  fileprivate var hasNaN: Bool {
    if case .face(let face) = self { face.vector.contains(where: \.isNaN) } else { false }
  }
}

/// Random content of records, and random damage to it.
private struct RandomRecord {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    .random(in: range, using: &random)
  }

  private mutating func list<Element>(
    _ body: (inout RandomRecord) throws -> Element
  ) rethrows -> [Element] {
    var elements: [Element] = []
    for _ in 0..<number(0...3) { elements.append(try body(&self)) }
    return elements
  }

  private mutating func bytes(_ most: Int) -> [UInt8] {
    (0..<number(0...most)).map { _ in .random(in: 0...255, using: &random) }
  }

  private mutating func text() -> String {
    let letters: [Character] = ["A", "ž", "\u{0}", "\n", "م", "e\u{301}", "😀", "\u{202E}", "'"]
    return String((0..<number(0...12)).compactMap { _ in letters.randomElement(using: &random) })
  }

  // MARK: Profiles

  mutating func profile() throws -> (Demographics, [FingerStatus]) {
    let demographics = Demographics(
      names: list { RecordedName(primary: $0.text(), secondary: $0.text()) },
      birthDate: try date(),
      sex: [nil, .female, .male, .unspecified].randomElement(using: &random) ?? nil,
      nationalities: try list { try $0.country() },
      documents: try list { record in
        IdentityDocument(
          type: record.text(),
          number: record.text(),
          issuer: record.number(0...1) == 0 ? nil : try record.country(),
          expiry: try record.date()
        )
      }
    )
    let fingers = list { record in
      FingerStatus(
        position: FingerPosition.allCases.randomElement(using: &record.random) ?? .unknown,
        condition: FingerCondition.allCases.randomElement(using: &record.random) ?? .missing
      )
    }
    return (demographics, fingers)
  }

  private mutating func date() throws -> PartialDate {
    func known(_ value: Int) -> Int? { value == 0 ? nil : value }
    return try PartialDate(
      year: known(number(0...9999)),
      month: known(number(0...12)),
      day: known(number(0...28))
    )
  }

  private mutating func country() throws -> CountryCode {
    try CountryCode(["D", "XXB", "UTO"].randomElement(using: &random) ?? "D")
  }

  // MARK: Samples

  mutating func sample(_ reference: ReferenceID) throws -> Sample {
    if number(0...1) == 0 {
      return .face(
        FaceSample(
          reference: reference,
          model: try FaceModel(name: "m\(number(0...9))", version: "\(number(0...9))"),
          vector: (0..<number(0...20)).map { _ in
            Float(bitPattern: .random(in: .min ... .max, using: &random))
          },
          quality: quality(),
          original: bytes(40)
        )
      )
    }
    return .finger(
      FingerSample(
        reference: reference,
        record: bytes(60),
        format: number(0...8) == 0 ? nil : MinutiaeFormat.allCases.randomElement(using: &random),
        context: number(0...1) == 0
          ? nil
          : RecordContext(
            width: number(1...65_535),
            height: number(1...65_535),
            resolution: number(1...65_535),
            position: position()
          ),
        view: number(0...300),
        position: position(),
        quality: quality(),
        impressionType: number(0...1) == 0 ? nil : UInt8(number(0...254))
      )
    )
  }

  private mutating func quality() -> UInt8? { number(0...3) == 0 ? nil : UInt8(number(0...100)) }

  private mutating func position() -> FingerPosition {
    FingerPosition.allCases.randomElement(using: &random) ?? .unknown
  }

  // MARK: Damage

  /// The bytes with a few changes; now and then others altogether.
  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    if number(0...19) == 0 { return [1] + self.bytes(80) }
    var bytes = bytes
    for _ in 0..<number(1...3) where !bytes.isEmpty {
      let place = number(0...bytes.count - 1)
      switch number(0...6) {
      case 0: bytes[place] ^= 1 << UInt8(number(0...7))
      case 1: bytes[place] = .random(in: 0...255, using: &random)
      case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
      case 3: bytes.removeSubrange(place...)
      case 4: bytes.insert(.random(in: 0...255, using: &random), at: place)
      case 5: bytes.remove(at: place)
      default: bytes += bytes[place...].prefix(number(1...32))
      }
    }
    return bytes
  }
}
