import BiomatchTestSupport
import Testing

@testable import BiomatchCrypto

@Suite("Errors of cryptography")
struct CryptoErrorTests {
  private static let parts: [(CryptoPart, String)] = [
    (.key, "crypto.key-length"), (.salt, "crypto.salt-length"),
    (.personalisation, "crypto.personalisation-length"), (.message, "crypto.message-length"),
    (.associatedData, "crypto.associated-data-length"), (.sealedMessage, "crypto.sealed-length"),
    (.authenticationCode, "crypto.code-length"), (.signature, "crypto.signature-length"),
    (.output, "crypto.output-length"),
  ]

  @Test("keep their codes", arguments: parts)
  func codes(part: CryptoPart, code: String) {
    let error = CryptoError.length(part, .hkdfSHA256, expected: 0...8160, found: 9000)
    #expect(error.code == code)
    #expect(error.category == .badData)
    #expect(error.rule.hasSuffix("of 0 to 8160 bytes, found 9000"))
  }

  @Test("say what happened, without a trace of keys")
  func texts() {
    #expect(
      CryptoError.length(.key, .xaes256GCM, expected: 32...32, found: 31).description
        == "XAES-256-GCM takes a key of 32 bytes, found 31; give the part in full and nothing else "
        + "[crypto.key-length]"
    )
    #expect(CryptoError.authentication(.xaes256GCM).code == "crypto.authentication")
    #expect(CryptoError.signature(.ed25519).code == "crypto.signature")
    #expect(CryptoError.publicKey(.x25519).code == "crypto.public-key")
  }

  @Test("carry OpenSSL's own reason and leave none behind")
  func reasons() throws {
    // A digest that does not exist.
    let error = #expect(throws: CryptoError.self) {
      _ = try MACContext.hmac(named: "SHA-nothing", size: 32, key: SecretBytes(copying: [1]))
    }
    guard case .openSSL(let operation, let reason) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(operation == "EVP_MAC_init")
    #expect(reason.contains("unsupported"), "\(reason)")
    #expect(error?.category == .software)
    #expect(drainErrors().isEmpty)
  }

  @Test("that are expected leave nothing in OpenSSL's queue")
  func queue() throws {
    var sealer = try Sealer(key: SecretBytes.random(count: 32))
    #expect(throws: CryptoError.self) {
      _ = try sealer.open([UInt8](repeating: 0, count: 50), associatedData: [])
    }
    let key = try Ed25519.PrivateKey.generate()
    #expect(throws: CryptoError.self) {
      try key.publicKey.verify([UInt8](repeating: 0xFF, count: 64), of: [])
    }
    let agreement = try X25519.PrivateKey.generate()
    let zero = try X25519.PublicKey(rawKey: [UInt8](repeating: 0, count: 32))
    #expect(throws: CryptoError.self) { _ = try agreement.sharedSecret(with: zero) }
    #expect(drainErrors().isEmpty)
  }
}
