import BiomatchCrypto
import TestVectors
import Testing

struct BLAKE2bVector: NamedVector {
  let name: String
  let key: HexBytes
  let salt: HexBytes
  let personalisation: HexBytes
  let message: HexBytes
  let code: HexBytes
}

@Suite("Codes of older linkage software")
struct LegacyTests {
  @Test(
    "HMAC with SHA-1 gives the codes of RFC 2202",
    arguments: try TestVectors.list("crypto/hmac-sha-1.json", of: HMACVector.self)
  )
  func sha1(vector: HMACVector) throws { try check(.sha1, vector) }

  @Test(
    "HMAC with MD5 gives the codes of RFC 2202",
    arguments: try TestVectors.list("crypto/hmac-md5.json", of: HMACVector.self)
  )
  func md5(vector: HMACVector) throws { try check(.md5, vector) }

  private func check(_ hash: LegacyHMAC.Hash, _ vector: HMACVector) throws {
    var hmac = try LegacyHMAC(hash, key: SecretBytes(copying: vector.key.bytes))
    #expect(hmac.codeSize == vector.code.bytes.count)
    for _ in 0..<3 {
      #expect(try hmac.code(of: vector.message.bytes) == vector.code.bytes)
      var output = [UInt8](repeating: 0, count: hmac.codeSize)
      var span = output.mutableSpan
      var bytes = span.mutableBytes
      try hmac.write(codeOf: vector.message.bytes.span.bytes, to: &bytes)
      #expect(output == vector.code.bytes)
    }
  }

  @Test(
    "keyed BLAKE2b gives the codes of its reference, and of Python's hashlib with salt and person",
    arguments: try TestVectors.list("crypto/blake2b.json", of: BLAKE2bVector.self)
  )
  func blake2b(vector: BLAKE2bVector) throws {
    var blake2b = try KeyedBLAKE2b(
      key: SecretBytes(copying: vector.key.bytes),
      salt: vector.salt.bytes,
      personalisation: vector.personalisation.bytes
    )
    for _ in 0..<3 {
      #expect(try blake2b.code(of: vector.message.bytes) == vector.code.bytes)
      var output = [UInt8](repeating: 0, count: KeyedBLAKE2b.codeSize)
      var span = output.mutableSpan
      var bytes = span.mutableBytes
      try blake2b.write(codeOf: vector.message.bytes.span.bytes, to: &bytes)
      #expect(output == vector.code.bytes)
    }
  }

  @Test(
    "keyed BLAKE2b refuses keys, salts and personalisations that it has no room for",
    arguments: [
      (0, 0, 0, CryptoPart.key), (65, 0, 0, .key), (1, 17, 0, .salt),
      (64, 16, 17, .personalisation),
    ]
  )
  func lengths(key: Int, salt: Int, personalisation: Int, part: CryptoPart) {
    let error = #expect(throws: CryptoError.self) {
      _ = try KeyedBLAKE2b(
        key: SecretBytes(copying: [UInt8](repeating: 1, count: key)),
        salt: [UInt8](repeating: 1, count: salt),
        personalisation: [UInt8](repeating: 1, count: personalisation)
      )
    }
    guard case .length(part, .blake2b, _, _) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
  }
}
