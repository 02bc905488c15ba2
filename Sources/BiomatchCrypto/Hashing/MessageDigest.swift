/// The digest of a message that comes in pieces.
///
/// ```swift
/// var digest = try MessageDigest(.sha256)
/// try digest.update(header)
/// try digest.update(body)
/// let bytes = try digest.finish()
/// ```
public struct MessageDigest: ~Copyable, Sendable {
  private var context: DigestContext

  /// The digest of no bytes yet.
  public init(_ algorithm: HashAlgorithm) throws(CryptoError) {
    switch algorithm {
    case .sha256: context = try DigestContext(.sha256, size: algorithm.digestSize)
    case .sha512: context = try DigestContext(.sha512, size: algorithm.digestSize)
    }
  }

  /// Adds bytes to the message; how it is cut into pieces makes no difference.
  public mutating func update(_ bytes: RawSpan) throws(CryptoError) { try context.update(bytes) }

  /// Adds bytes to the message; how it is cut into pieces makes no difference.
  public mutating func update(_ bytes: [UInt8]) throws(CryptoError) {
    try context.update(bytes.span.bytes)
  }

  /// The digest of everything that was added; the next message starts empty.
  public mutating func finish() throws(CryptoError) -> [UInt8] { try context.finish() }
}
