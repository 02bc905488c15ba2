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
    #expect(CRC32C.checksum(of: bytes) == sum)
  }

  @Test("does not depend on how the bytes are cut", arguments: UInt64(0)..<20)
  func pieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    var sum = CRC32C()
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...20, using: &random)
      sum.update(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    #expect(sum.value == CRC32C.checksum(of: bytes), "seed \(seed)")
  }
}
