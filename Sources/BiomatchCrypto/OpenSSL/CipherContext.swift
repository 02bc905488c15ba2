import COpenSSL

/// AES-256 without authentication, for what is built on single blocks and on counters.
///
/// Every use is `mutating`, so only one thread at a time can have it: that makes it safe to send.
struct CipherContext: ~Copyable, @unchecked Sendable {
  private let context: OpaquePointer

  deinit { EVP_CIPHER_CTX_free(context) }

  /// Encrypts single blocks.
  static func blocks(key: borrowing SecretBytes) throws(CryptoError) -> CipherContext {
    let context = try CipherContext()
    try context.start(FetchedAlgorithm.blocks, key: key, counter: nil)
    try check(EVP_CIPHER_CTX_set_padding(context.context, 0), "EVP_CIPHER_CTX_set_padding")
    return context
  }

  /// Counts from a block of zeros.
  static func counterMode(key: borrowing SecretBytes) throws(CryptoError) -> CipherContext {
    let context = try CipherContext()
    try context.start(
      FetchedAlgorithm.counterMode,
      key: key,
      counter: [UInt8](repeating: 0, count: 16)
    )
    return context
  }

  private init() throws(CryptoError) {
    guard let context = EVP_CIPHER_CTX_new() else { throw openSSLFailure("EVP_CIPHER_CTX_new") }
    self.context = context
  }

  /// Encrypts `bytes` in place; their number is a multiple of 16 for single blocks.
  mutating func encrypt(_ bytes: inout SecretBytes) throws(CryptoError) {
    let status = bytes.withUnsafeMutableBytes { bytes in
      var written: Int32 = 0
      let status = EVP_EncryptUpdate(
        context,
        bytes.baseAddress?.asBytes,
        &written,
        bytes.baseAddress?.asBytes,
        Int32(bytes.count)
      )
      return written == bytes.count ? status : 0
    }
    try check(status, "EVP_EncryptUpdate")
  }

  private func start(
    _ cipher: FetchedAlgorithm,
    key: borrowing SecretBytes,
    counter: [UInt8]?
  ) throws(CryptoError) {
    guard let fetched = cipher.pointer else { throw openSSLFailure("EVP_CIPHER_fetch") }
    let status = key.withUnsafeBytes { key in
      EVP_EncryptInit_ex2(context, fetched, key.baseAddress?.asBytes, counter, nil)
    }
    try check(status, "EVP_EncryptInit_ex2")
  }
}
