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

@Suite("HKDF")
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

  @Test("gives with SHA-512 what Python's hmac gives for the secret of RFC 5869, A.1")
  func longDigest() throws {
    let output = try HKDF.derive(
      from: SecretBytes(copying: [UInt8](repeating: 0x0B, count: 22)),
      salt: [UInt8](0..<13),
      info: [UInt8](0xF0..<0xFA),
      count: 80,
      hash: .sha512
    )
    let hex = output.contents.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    #expect(
      hex.joined()
        == "832390086cda71fb47625bb5ceb168e4c8e26a1a16ed34d9fc7fe92c14815793"
        + "38da362cb8d9f925d7cbcce0dff7098769cf15959867d571c1715450cb530137"
        + "be3fb62f3cf32b84feba8f1eb1b563e2"
    )
    #expect(HKDF.maximumCount(.sha512) == 16_320)
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
