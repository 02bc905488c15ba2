/// A cryptographic hash function.
///
/// ```swift
/// let digest = try HashAlgorithm.sha256.digest(of: bytes)
/// ```
///
/// Source: FIPS 180-4, doi:10.6028/NIST.FIPS.180-4.
public enum HashAlgorithm: String, Sendable, Hashable, Codable, CaseIterable {
  /// SHA-256, 32 bytes.
  case sha256 = "SHA-256"
  /// SHA-512, 64 bytes.
  case sha512 = "SHA-512"

  /// The size of a digest in bytes.
  public var digestSize: Int {
    switch self {
    case .sha256: 32
    case .sha512: 64
    }
  }

  /// The digest of `message`.
  public func digest(of message: RawSpan) throws(CryptoError) -> [UInt8] {
    var digest = try MessageDigest(self)
    try digest.update(message)
    return try digest.finish()
  }

  /// The digest of `message`.
  public func digest(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
    try digest(of: message.span.bytes)
  }
}
