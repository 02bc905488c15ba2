/// Authentication codes by HMAC with SHA-1 or MD5, for linkage codes that other software made with
/// them. Nothing new may build on them; ``HMACSHA256`` is there for that.
///
/// Sources: RFC 2104, RFC 2202.
package struct LegacyHMAC: ~Copyable, Sendable {
  /// The hash function.
  package enum Hash: Sendable, CaseIterable {
    /// SHA-1, codes of 20 bytes.
    case sha1
    /// MD5, codes of 16 bytes.
    case md5
  }

  /// The size of a code in bytes.
  package var codeSize: Int { context.size }

  private var context: MACContext

  /// Codes under `key`, of any length.
  package init(_ hash: Hash, key: borrowing SecretBytes) throws(CryptoError) {
    switch hash {
    case .sha1: context = try .hmac(.sha1, key: key)
    case .md5: context = try .hmac(.md5, key: key)
    }
  }

  /// The code of `message`.
  package mutating func code(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
    try context.update(message.span.bytes)
    return try context.finish()
  }

  /// Writes the code of `message` over the first bytes of `output`, without allocating.
  package mutating func write(
    codeOf message: RawSpan,
    to output: inout MutableRawSpan
  ) throws(CryptoError) {
    try context.update(message)
    try context.finish(into: &output)
  }
}
