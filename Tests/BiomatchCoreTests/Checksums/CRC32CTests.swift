import BiomatchCore
import BiomatchTestSupport
import Testing

@Suite("CRC-32C")
struct CRC32CTests {
  /// RFC 3720, appendix B.4; the check value of the catalogue of parametrised CRC algorithms.
  @Test(
    "gives the published check values",
    arguments: [
      ([], 0),
      (Array("123456789".utf8), 0xE306_9283),
      (Array(repeating: 0, count: 32), 0x8A91_36AA),
      (Array(repeating: 0xFF, count: 32), 0x62A8_AB43),
      (Array(0..<32), 0x46DD_794E),
      (Array((0..<32).reversed()), 0x113F_DB5C),
      (
        [0x01, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x14, 0, 0, 0, 0, 0, 0x04, 0]
          + [0, 0, 0, 0x14, 0, 0, 0, 0x18, 0x28, 0, 0, 0, 0, 0, 0, 0, 0x02, 0, 0, 0, 0, 0, 0, 0],
        0xD996_3A56
      ),
    ] as [([UInt8], UInt32)]
  )
  func published(bytes: [UInt8], sum: UInt32) {
    for level in SIMDLevel.available {
      #expect(CRC32C.checksum(of: bytes, simd: level) == sum, "\(level)")
    }
  }

  @Test("is the remainder of a division, bit by bit, at every level, length and place in memory")
  func division() {
    var random = SeededGenerator(seed: 1)
    let streams = [256, 1024, 4096, 16_384, 65_536].flatMap { [3 * $0 - 1, 3 * $0, 3 * $0 + 9] }
    let bytes = (0..<streams.max()! + 8).map { _ in UInt8.random(in: 0...255, using: &random) }
    for count in Array(0...100) + streams {
      let start = count % 8
      let piece = bytes[start..<start + count]
      let expected = remainder(of: piece)
      for level in SIMDLevel.available {
        var sum = CRC32C(simd: level)
        bytes.withUnsafeBytes { sum.update($0.bytes.extracting(start..<start + count)) }
        #expect(sum.value == expected, "\(level), \(count) bytes from \(start)")
      }
    }
  }

  private func remainder(of bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF) { state, byte in
      (0..<8).reduce(state ^ UInt32(byte)) { crc, _ in
        crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1
      }
    }
  }

  @Test("does not depend on how the bytes are cut", arguments: UInt64(0)..<20)
  func pieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...2000, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    var sum = CRC32C()
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...900, using: &random)
      sum.update(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    #expect(sum.value == CRC32C.checksum(of: bytes), "seed \(seed)")
  }
}
