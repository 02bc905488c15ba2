import BiomatchFingerprint
import BiomatchTestSupport
import Testing

@Suite("Hostile records")
struct MutationTests {
  @Test(
    "random damage never traps, and what decodes can be written again",
    arguments: MinutiaeFormat.allCases
  )
  func mutations(_ format: MinutiaeFormat) throws {
    var generator = SeededGenerator(seed: 20_240_601)
    for seed in UInt64(0)..<30 {
      var random = RandomRecords(format: format, seed: seed)
      let record = random.record()
      let valid = try MinutiaeEncoder(format: format).encode(record).bytes
      let context = RandomRecords.context(of: record)
      for round in 0..<20 {
        var bytes = valid
        damage(&bytes, &generator)
        for strictness in DecodingStrictness.allCases {
          let decoders = [
            MinutiaeDecoder(strictness: strictness, format: format, context: context),
            MinutiaeDecoder(strictness: strictness),
          ]
          for decoder in decoders {
            check(decoder, bytes, "\(format.rawValue), seed \(seed), round \(round)")
          }
        }
      }
    }
  }

  private func check(_ decoder: MinutiaeDecoder, _ bytes: [UInt8], _ name: String) {
    guard let decoded = try? decoder.decode(bytes) else { return }
    let minutiae = decoded.record.views.reduce(0) { $0 + $1.minutiae.count }
    #expect(minutiae * 3 <= bytes.count, "\(name): more minutiae than the bytes can hold")
    let extended = decoded.record.views.reduce(0) { $0 + $1.extendedData.count }
    #expect(extended * 4 <= bytes.count, "\(name): more areas than the bytes can hold")
    #expect(decoder.strictness == .lenient || decoded.repairs.isEmpty, "\(name)")
    do {
      let encoded = try MinutiaeEncoder(format: decoded.format).encode(decoded.record)
      let context = RecordContext(view: decoded.record.views[0])
      let again = try MinutiaeDecoder(format: decoded.format, context: context)
        .decode(encoded.bytes)
      #expect(!encoded.losses.isEmpty || again.record == decoded.record, "\(name)")
    } catch {
      #expect(!decoded.repairs.isEmpty, "\(name): \(error)")
    }
  }

  private func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[index] = .random(in: 0...255, using: &generator)
      case 2: bytes[index] = [0, 1, 0x7F, 0xFF].randomElement(using: &generator) ?? 0
      case 3: bytes.removeSubrange(index...)
      case 4: bytes.insert(.random(in: 0...255, using: &generator), at: index)
      default: bytes += bytes[index...].prefix(64)
      }
    }
  }
}
