import COpenSSL

/// A hash function of OpenSSL at work, started anew for each message.
///
/// Every use is `mutating`, so only one thread at a time can have it: that makes it safe to send.
struct DigestContext: ~Copyable, @unchecked Sendable {
  private let size: Int
  private let digest: FetchedAlgorithm
  private let context: OpaquePointer
  private var isStarted = false

  deinit { EVP_MD_CTX_free(context) }

  init(_ digest: FetchedAlgorithm, size: Int) throws(CryptoError) {
    guard let context = EVP_MD_CTX_new() else { throw openSSLFailure("EVP_MD_CTX_new") }
    self.context = context
    self.digest = digest
    self.size = size
  }

  mutating func update(_ bytes: RawSpan) throws(CryptoError) {
    try startIfNeeded()
    let status = bytes.withUnsafeBytes { bytes in
      bytes.isEmpty ? 1 : EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }
    try check(status, "EVP_DigestUpdate")
  }

  mutating func finish() throws(CryptoError) -> [UInt8] {
    try startIfNeeded()
    isStarted = false
    var output = [UInt8](repeating: 0, count: size)
    let status = output.withUnsafeMutableBytes { output in
      EVP_DigestFinal_ex(context, output.baseAddress?.asBytes, nil)
    }
    try check(status, "EVP_DigestFinal_ex")
    return output
  }

  private mutating func startIfNeeded() throws(CryptoError) {
    guard !isStarted else { return }
    guard let fetched = digest.pointer else { throw openSSLFailure("EVP_MD_fetch") }
    try check(EVP_DigestInit_ex2(context, fetched, nil), "EVP_DigestInit_ex2")
    isStarted = true
  }
}
