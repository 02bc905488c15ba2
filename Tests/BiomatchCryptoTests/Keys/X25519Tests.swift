import BiomatchCrypto
import TestVectors
import Testing

struct AgreementVector: NamedVector {
  let name: String
  let iterations: Int
  let privateKey: HexBytes
  let publicKey: HexBytes
  let sharedSecret: HexBytes
}

@Suite("X25519")
struct X25519Tests {
  @Test(
    "comes to the secrets of RFC 7748",
    arguments: try TestVectors.list("crypto/x25519.json", of: AgreementVector.self)
  )
  func published(vector: AgreementVector) throws {
    var privateKey = vector.privateKey.bytes
    var publicKey = vector.publicKey.bytes
    for _ in 0..<vector.iterations {
      let key = try X25519.PrivateKey(rawKey: SecretBytes(copying: privateKey))
      let secret = try key.sharedSecret(with: X25519.PublicKey(rawKey: publicKey))
      publicKey = privateKey
      privateKey = secret.contents
    }
    #expect(privateKey == vector.sharedSecret.bytes)
  }

  @Test("brings both parties to one secret, and others to another")
  func agreement() throws {
    let a = try X25519.PrivateKey.generate()
    let b = try X25519.PrivateKey.generate()
    let c = try X25519.PrivateKey(rawKey: SecretBytes.random(count: 32))
    let secret = try a.sharedSecret(with: b.publicKey)
    #expect(try b.sharedSecret(with: a.publicKey).isEqual(to: secret) == true)
    #expect(try c.sharedSecret(with: a.publicKey).isEqual(to: secret) == false)
    let stored = try X25519.PrivateKey(rawKey: a.rawKey())
    #expect(stored.publicKey == a.publicKey)
    #expect(try stored.sharedSecret(with: b.publicKey).isEqual(to: secret) == true)
  }

  /// Points of order 1, 2, 4 and 8, by their u coordinate: zero, one, one of order 8, p - 1, p.
  @Test(
    "refuses public keys of small order",
    arguments: [
      [UInt8](repeating: 0, count: 32),
      [1] + [UInt8](repeating: 0, count: 31),
      [
        0xE0, 0xEB, 0x7A, 0x7C, 0x3B, 0x41, 0xB8, 0xAE, 0x16, 0x56, 0xE3, 0xFA, 0xF1, 0x9F, 0xC4,
        0x6A, 0xDA, 0x09, 0x8D, 0xEB, 0x9C, 0x32, 0xB1, 0xFD, 0x86, 0x62, 0x05, 0x16, 0x5F, 0x49,
        0xB8, 0x00,
      ],
      [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
      [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
    ]
  )
  func smallOrder(bytes: [UInt8]) throws {
    let key = try X25519.PrivateKey.generate()
    let other = try X25519.PublicKey(rawKey: bytes)
    #expect(throws: CryptoError.publicKey(.x25519)) { _ = try key.sharedSecret(with: other) }
  }

  @Test("refuses keys of other lengths", arguments: [0, 31, 33])
  func lengths(count: Int) {
    let bytes = [UInt8](repeating: 1, count: count)
    let privateKey = #expect(throws: CryptoError.self) {
      _ = try X25519.PrivateKey(rawKey: SecretBytes(copying: bytes))
    }
    #expect(privateKey == .length(.key, .x25519, expected: 32...32, found: count))
    let publicKey = #expect(throws: CryptoError.self) { _ = try X25519.PublicKey(rawKey: bytes) }
    #expect(publicKey == .length(.key, .x25519, expected: 32...32, found: count))
  }
}
