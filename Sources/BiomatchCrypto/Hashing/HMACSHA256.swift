/// Authentication codes of 32 bytes by HMAC with SHA-256: whoever has the key can make and verify them.
///
/// The key is set up once; each message then costs little more than its hash.
///
/// ```swift
/// var hmac = try HMACSHA256(key: key)
/// let code = try hmac.code(of: Array("message".utf8))
/// try hmac.verify(code, of: Array("message".utf8))
/// ```
///
/// Source: RFC 2104, doi:10.17487/RFC2104; FIPS 198-1, doi:10.6028/NIST.FIPS.198-1.
public struct HMACSHA256: ~Copyable, Sendable {
  /// The size of a code in bytes.
  public static let codeSize = 32

  private var context: MACContext

  /// Codes under `key`, of any length; 32 random bytes are best.
  public init(key: borrowing SecretBytes) throws(CryptoError) {
    context = try .hmac(.sha256, key: key)
  }

  /// The code of `message`, after what was given to ``update(_:)``.
  public mutating func code(of message: RawSpan) throws(CryptoError) -> [UInt8] {
    try update(message)
    return try finish()
  }

  /// The code of `message`, after what was given to ``update(_:)``.
  public mutating func code(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
    try code(of: message.span.bytes)
  }

  /// Writes the code of `message` over the first 32 bytes of `output`, without allocating.
  public mutating func write(
    codeOf message: RawSpan,
    to output: inout MutableRawSpan
  ) throws(CryptoError) {
    try update(message)
    try context.finish(into: &output)
  }

  /// Throws ``CryptoError/authentication(_:)`` unless `code` is that of `message`.
  public mutating func verify(_ code: [UInt8], of message: RawSpan) throws(CryptoError) {
    let expected = try self.code(of: message)
    guard code.count == Self.codeSize else {
      throw .length(
        .authenticationCode,
        .hmacSHA256,
        expected: Self.codeSize...Self.codeSize,
        found: code.count
      )
    }
    guard ConstantTime.equal(code, expected) else { throw .authentication(.hmacSHA256) }
  }

  /// Throws ``CryptoError/authentication(_:)`` unless `code` is that of `message`.
  public mutating func verify(_ code: [UInt8], of message: [UInt8]) throws(CryptoError) {
    try verify(code, of: message.span.bytes)
  }

  // MARK: Messages in pieces

  /// Adds bytes to the message; how it is cut into pieces makes no difference.
  public mutating func update(_ bytes: RawSpan) throws(CryptoError) { try context.update(bytes) }

  /// Adds bytes to the message; how it is cut into pieces makes no difference.
  public mutating func update(_ bytes: [UInt8]) throws(CryptoError) {
    try context.update(bytes.span.bytes)
  }

  /// The code of everything that was added; the next message starts empty.
  public mutating func finish() throws(CryptoError) -> [UInt8] { try context.finish() }
}
