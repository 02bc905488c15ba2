import COpenSSL

/// A private or public key on Curve25519, made from its 32 bytes.
///
/// OpenSSL only reads it after it was made, and counts references atomically: it is safe to share.
struct CurveKey: ~Copyable, @unchecked Sendable {
  static let size = 32

  private let key: OpaquePointer

  deinit { EVP_PKEY_free(key) }

  private init(owning key: OpaquePointer) { self.key = key }

  static func privateKey(
    _ curve: Curve,
    _ bytes: borrowing SecretBytes
  ) throws(CryptoError) -> CurveKey {
    try curve.requireKey(ofSize: bytes.count)
    let key = bytes.withUnsafeBytes {
      EVP_PKEY_new_raw_private_key(curve.identifier, nil, $0.baseAddress?.asBytes, $0.count)
    }
    guard let key else { throw openSSLFailure("EVP_PKEY_new_raw_private_key") }
    return CurveKey(owning: key)
  }

  static func publicKey(_ curve: Curve, _ bytes: [UInt8]) throws(CryptoError) -> CurveKey {
    try curve.requireKey(ofSize: bytes.count)
    let key = EVP_PKEY_new_raw_public_key(curve.identifier, nil, bytes, bytes.count)
    guard let key else { throw openSSLFailure("EVP_PKEY_new_raw_public_key") }
    return CurveKey(owning: key)
  }

  /// The bytes of the public half.
  func publicBytes() throws(CryptoError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.size)
    var count = bytes.count
    try check(EVP_PKEY_get_raw_public_key(key, &bytes, &count), "EVP_PKEY_get_raw_public_key")
    return bytes
  }

  /// The bytes of the private half.
  func privateBytes() throws(CryptoError) -> SecretBytes {
    var bytes = SecretBytes(count: Self.size)
    let status = bytes.withUnsafeMutableBytes { bytes in
      var count = bytes.count
      return EVP_PKEY_get_raw_private_key(key, bytes.baseAddress?.asBytes, &count)
    }
    try check(status, "EVP_PKEY_get_raw_private_key")
    return bytes
  }

  // MARK: Signatures

  func signature(of message: RawSpan) throws(CryptoError) -> [UInt8] {
    let work = try SignatureWork()
    try check(EVP_DigestSignInit(work.context, nil, nil, nil, key), "EVP_DigestSignInit")
    var signature = [UInt8](repeating: 0, count: Ed25519.signatureSize)
    var count = signature.count
    let status = message.withUnsafeBytes {
      EVP_DigestSign(work.context, &signature, &count, $0.baseAddress?.asBytes, $0.count)
    }
    try check(status, "EVP_DigestSign")
    return signature
  }

  func accepts(_ signature: [UInt8], of message: RawSpan) throws(CryptoError) -> Bool {
    let work = try SignatureWork()
    try check(EVP_DigestVerifyInit(work.context, nil, nil, nil, key), "EVP_DigestVerifyInit")
    let status = message.withUnsafeBytes {
      EVP_DigestVerify(
        work.context,
        signature,
        signature.count,
        $0.baseAddress?.asBytes,
        $0.count
      )
    }
    drainErrors()
    return status == 1
  }

  // MARK: Agreement

  /// The shared secret; `nil` when the other key is of small order, and gives zeros to everybody.
  func sharedSecret(with other: borrowing CurveKey) throws(CryptoError) -> SecretBytes? {
    let work = try AgreementWork(key)
    try check(EVP_PKEY_derive_init(work.context), "EVP_PKEY_derive_init")
    try check(EVP_PKEY_derive_set_peer(work.context, other.key), "EVP_PKEY_derive_set_peer")
    var secret = SecretBytes(count: Self.size)
    let status = secret.withUnsafeMutableBytes { secret in
      var count = secret.count
      return EVP_PKEY_derive(work.context, secret.baseAddress?.asBytes, &count)
    }
    if status == 1 { return secret }
    // The one reason for it is that the result is zero.
    let isZero = ERR_GET_REASON(ERR_peek_last_error()) == PROV_R_FAILED_DURING_DERIVATION
    let failure = openSSLFailure("EVP_PKEY_derive")
    if isZero { return nil }
    throw failure
  }
}

/// What a key is for.
enum Curve {
  case ed25519, x25519

  var identifier: Int32 {
    switch self {
    case .ed25519: EVP_PKEY_ED25519
    case .x25519: EVP_PKEY_X25519
    }
  }

  func requireKey(ofSize found: Int) throws(CryptoError) {
    guard found == CurveKey.size else {
      let algorithm: CryptoAlgorithm = self == .ed25519 ? .ed25519 : .x25519
      throw .length(.key, algorithm, expected: CurveKey.size...CurveKey.size, found: found)
    }
  }
}

private struct SignatureWork: ~Copyable {
  let context: OpaquePointer

  init() throws(CryptoError) {
    guard let context = EVP_MD_CTX_new() else { throw openSSLFailure("EVP_MD_CTX_new") }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }
}

private struct AgreementWork: ~Copyable {
  let context: OpaquePointer

  init(_ key: OpaquePointer) throws(CryptoError) {
    guard let context = EVP_PKEY_CTX_new(key, nil) else { throw openSSLFailure("EVP_PKEY_CTX_new") }
    self.context = context
  }

  deinit { EVP_PKEY_CTX_free(context) }
}
