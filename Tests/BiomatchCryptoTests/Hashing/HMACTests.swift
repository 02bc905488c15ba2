import BiomatchCrypto
import BiomatchTestSupport
import TestVectors
import Testing

struct HMACVector: NamedVector {
  let name: String
  let key: HexBytes
  let message: HexBytes
  let code: HexBytes
}

@Suite("HMAC with SHA-256")
struct HMACTests {
  @Test(
    "gives the codes of RFC 4231, again and again from one key",
    arguments: try TestVectors.list("crypto/hmac-sha-256.json", of: HMACVector.self)
  )
  func published(vector: HMACVector) throws {
    var hmac = try HMACSHA256(key: SecretBytes(copying: vector.key.bytes))
    for _ in 0..<3 {
      #expect(try hmac.code(of: vector.message.bytes) == vector.code.bytes)
      try hmac.verify(vector.code.bytes, of: vector.message.bytes)
    }
  }

  @Test("does not depend on how the message is cut", arguments: UInt64(0)..<20)
  func pieces(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let message = (0..<Int.random(in: 0...500, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    var hmac = try HMACSHA256(key: SecretBytes(copying: [1, 2, 3]))
    let whole = try hmac.code(of: message)
    var rest = message[...]
    while !rest.isEmpty {
      let count = Int.random(in: 0...min(99, rest.count), using: &random)
      try hmac.update(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    #expect(try hmac.finish() == whole, "seed \(seed)")
  }

  @Test("writes a code into memory of the caller's and leaves what follows alone")
  func write() throws {
    var hmac = try HMACSHA256(key: SecretBytes(copying: [1]))
    let message: [UInt8] = [4, 5, 6]
    var output = [UInt8](repeating: 0xAA, count: 40)
    var span = output.mutableSpan
    var bytes = span.mutableBytes
    try hmac.write(codeOf: message.span.bytes, to: &bytes)
    #expect(try output == hmac.code(of: message) + [UInt8](repeating: 0xAA, count: 8))
  }

  @Test("takes a message and a key without bytes")
  func empty() throws {
    // RFC 2104 pads the key with zeros to the block: no key and one zero byte are the same.
    var without = try HMACSHA256(key: SecretBytes(copying: []))
    var zero = try HMACSHA256(key: SecretBytes(copying: [0]))
    #expect(try without.code(of: []) == zero.code(of: []))
    #expect(try without.finish() == zero.finish())
  }

  @Test("refuses a code with any bit changed")
  func changedCode() throws {
    var hmac = try HMACSHA256(key: SecretBytes.random(count: 32))
    let message: [UInt8] = [1, 2, 3]
    let code = try hmac.code(of: message)
    for bit in 0..<8 * code.count {
      var changed = code
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: CryptoError.authentication(.hmacSHA256), "bit \(bit)") {
        try hmac.verify(changed, of: message)
      }
    }
    try hmac.verify(code, of: message)
  }

  @Test("refuses a code of another length", arguments: [0, 31, 33])
  func codeLength(count: Int) throws {
    var hmac = try HMACSHA256(key: SecretBytes.random(count: 32))
    let error = #expect(throws: CryptoError.self) {
      try hmac.verify([UInt8](repeating: 0, count: count), of: [])
    }
    #expect(error?.code == "crypto.code-length")
  }
}
