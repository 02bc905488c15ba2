import COpenSSL

/// An algorithm that OpenSSL looked up, once for the life of the process: looking one up costs more than
/// a short message.
struct FetchedAlgorithm: @unchecked Sendable {
  /// `EVP_MD`, `EVP_MAC` or `EVP_CIPHER`; none where OpenSSL does not have the algorithm. Safe to share:
  /// OpenSSL never changes it, and counts references to it atomically.
  let pointer: OpaquePointer?

  static let sha256 = FetchedAlgorithm(pointer: EVP_MD_fetch(nil, "SHA256", nil))
  static let sha512 = FetchedAlgorithm(pointer: EVP_MD_fetch(nil, "SHA512", nil))

  static let hmac = FetchedAlgorithm(pointer: EVP_MAC_fetch(nil, "HMAC", nil))
  static let blake2b = FetchedAlgorithm(pointer: EVP_MAC_fetch(nil, "BLAKE2BMAC", nil))

  static let blocks = FetchedAlgorithm(pointer: EVP_CIPHER_fetch(nil, "AES-256-ECB", nil))
  static let counterMode = FetchedAlgorithm(pointer: EVP_CIPHER_fetch(nil, "AES-256-CTR", nil))
  static let galoisCounterMode = FetchedAlgorithm(
    pointer: EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)
  )
}
