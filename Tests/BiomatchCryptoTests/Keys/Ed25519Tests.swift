import BiomatchCrypto
import TestVectors
import Testing

struct SignatureVector: NamedVector {
  let name: String
  let privateKey: HexBytes
  let publicKey: HexBytes
  let message: HexBytes
  let signature: HexBytes

  static func all() throws -> [SignatureVector] { try TestVectors.list("crypto/ed25519.json") }
}

@Suite("Ed25519")
struct Ed25519Tests {
  @Test("signs and verifies as RFC 8032 shows", arguments: try SignatureVector.all())
  func published(vector: SignatureVector) throws {
    let raw = SecretBytes(copying: vector.privateKey.bytes)
    let key = try Ed25519.PrivateKey(rawKey: raw)
    #expect(key.publicKey.rawKey == vector.publicKey.bytes)
    #expect(try key.rawKey().isEqual(to: raw) == true)
    #expect(try key.signature(of: vector.message.bytes) == vector.signature.bytes)
    let publicKey = try Ed25519.PublicKey(rawKey: vector.publicKey.bytes)
    try publicKey.verify(vector.signature.bytes, of: vector.message.bytes)
  }

  @Test("refuses a signature, a message or a key with any bit changed")
  func flippedBits() throws {
    let vector = try SignatureVector.all()[2]
    let key = try Ed25519.PublicKey(rawKey: vector.publicKey.bytes)
    for bit in 0..<512 {
      var signature = vector.signature.bytes
      signature[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: CryptoError.signature(.ed25519), "bit \(bit) of the signature") {
        try key.verify(signature, of: vector.message.bytes)
      }
    }
    for bit in 0..<16 {
      var message = vector.message.bytes
      message[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: CryptoError.signature(.ed25519), "bit \(bit) of the message") {
        try key.verify(vector.signature.bytes, of: message)
      }
    }
    for bit in 0..<256 {
      var raw = vector.publicKey.bytes
      raw[bit / 8] ^= 1 << (bit % 8)
      let other = try Ed25519.PublicKey(rawKey: raw)
      #expect(throws: CryptoError.signature(.ed25519), "bit \(bit) of the key") {
        try other.verify(vector.signature.bytes, of: vector.message.bytes)
      }
    }
    try key.verify(vector.signature.bytes, of: vector.message.bytes)
  }

  @Test("makes new keys, each another, that can be stored and read again")
  func generation() throws {
    let first = try Ed25519.PrivateKey.generate()
    let second = try Ed25519.PrivateKey.generate()
    #expect(first.publicKey != second.publicKey)
    let stored = try Ed25519.PrivateKey(rawKey: first.rawKey())
    #expect(stored.publicKey == first.publicKey)
    try first.publicKey.verify(stored.signature(of: [1, 2]), of: [1, 2])
    #expect(throws: CryptoError.signature(.ed25519)) {
      try second.publicKey.verify(stored.signature(of: [1, 2]), of: [1, 2])
    }
  }

  @Test("refuses keys and signatures of other lengths", arguments: [0, 31, 33, 63, 65])
  func lengths(count: Int) throws {
    let bytes = [UInt8](repeating: 1, count: count)
    let privateKey = #expect(throws: CryptoError.self) {
      _ = try Ed25519.PrivateKey(rawKey: SecretBytes(copying: bytes))
    }
    #expect(privateKey == .length(.key, .ed25519, expected: 32...32, found: count))
    let publicKey = #expect(throws: CryptoError.self) {
      _ = try Ed25519.PublicKey(rawKey: bytes)
    }
    #expect(publicKey == .length(.key, .ed25519, expected: 32...32, found: count))
    let key = try Ed25519.PrivateKey.generate().publicKey
    let signature = #expect(throws: CryptoError.self) { try key.verify(bytes, of: []) }
    #expect(signature == .length(.signature, .ed25519, expected: 64...64, found: count))
  }
}
