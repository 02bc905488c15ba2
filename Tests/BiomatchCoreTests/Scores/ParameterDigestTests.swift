import BiomatchCore
import Foundation
import Testing

@Suite("Parameter digest")
struct ParameterDigestTests {
  @Test(
    "hashes as RFC 9923 says",
    arguments: [
      ("", "6c62272e07bb014262b821756295c58d"),
      ("a", "d228cb696f1a8caf78912b704e4a8964"),
      ("foobar", "343e1662793c64bf6f0d3597ba446f18"),
    ]
  )
  func knownAnswers(text: String, hex: String) {
    #expect(ParameterDigest(of: text.utf8).hex == hex)
  }

  @Test("reads and writes hexadecimal digits of three sizes")
  func hexadecimal() throws {
    for size in [8, 16, 32] {
      let bytes = (0..<size).map { UInt8($0 * 7 + 3) }
      let digest = try #require(ParameterDigest(bytes: bytes))
      #expect(ParameterDigest(hex: digest.hex.uppercased()) == digest)
      let data = try JSONEncoder().encode([digest])
      #expect(try JSONDecoder().decode([ParameterDigest].self, from: data) == [digest])
    }
    for text in ["", "ab", "0123456789abcde", "0123456789abcdeg", "0123456789abcdefé"] {
      #expect(ParameterDigest(hex: text) == nil, "\(text)")
    }
    #expect(ParameterDigest(bytes: [1, 2, 3]) == nil)
  }
}
