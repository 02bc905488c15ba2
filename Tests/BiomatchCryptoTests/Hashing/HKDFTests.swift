import BiomatchCrypto
import TestVectors
import Testing

struct HKDFVector: NamedVector {
  let name: String
  let secret: HexBytes
  let salt: HexBytes
  let info: HexBytes
  let pseudorandomKey: HexBytes
  let output: HexBytes
}

@Suite("HKDF with SHA-256")
struct HKDFTests {
  @Test(
    "gives the keys of RFC 5869, in two steps and in one",
    arguments: try TestVectors.list("crypto/hkdf-sha-256.json", of: HKDFVector.self)
  )
  func published(vector: HKDFVector) throws {
    let secret = SecretBytes(copying: vector.secret.bytes)
    let count = vector.output.bytes.count
    let key = try HKDF.extract(from: secret, salt: vector.salt.bytes)
    #expect(key.contents == vector.pseudorandomKey.bytes)
    let output = try HKDF.expand(key, info: vector.info.bytes, count: count)
    #expect(output.contents == vector.output.bytes)
    let atOnce = try HKDF.derive(
      from: secret,
      salt: vector.salt.bytes,
      info: vector.info.bytes,
      count: count
    )
    #expect(atOnce.contents == vector.output.bytes)
  }

  @Test("gives the start of a longer output for a shorter one", arguments: [0, 1, 32, 33, 8160])
  func prefix(count: Int) throws {
    let key = SecretBytes(copying: [UInt8](0..<32))
    let longest = try HKDF.expand(key, info: [7], count: HKDF.maximumCount).contents
    let output = try HKDF.expand(key, info: [7], count: count)
    #expect(output.contents == Array(longest.prefix(count)))
  }

  @Test("refuses more than 255 blocks of output, and a short pseudo-random key")
  func lengths() throws {
    let key = SecretBytes(copying: [UInt8](0..<32))
    let tooLong = #expect(throws: CryptoError.self) {
      _ = try HKDF.expand(key, info: [], count: 8161)
    }
    #expect(tooLong?.code == "crypto.output-length")
    let short = SecretBytes(copying: [UInt8](0..<31))
    let tooShort = #expect(throws: CryptoError.self) {
      _ = try HKDF.expand(short, info: [], count: 32)
    }
    #expect(tooShort?.code == "crypto.key-length")
  }
}
