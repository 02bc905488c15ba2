/// Codes of 64 bytes by keyed BLAKE2b, for linkage codes that other software made with it. What is new
/// uses ``HMACSHA256``.
///
/// The parameters are those of Python's `hashlib.blake2b`: key, salt and `person`, where shorter salts
/// and personalisations are filled with zeros.
///
/// Source: RFC 7693, doi:10.17487/RFC7693.
package struct KeyedBLAKE2b: ~Copyable, Sendable {
  /// The size of a code in bytes.
  package static let codeSize = 64
  /// The longest key in bytes.
  package static let maximumKeySize = 64
  /// The longest salt and personalisation in bytes.
  package static let maximumSaltSize = 16

  private var context: MACContext

  /// Codes under `key`, of 1 to 64 bytes.
  package init(
    key: borrowing SecretBytes,
    salt: [UInt8] = [],
    personalisation: [UInt8] = []
  ) throws(CryptoError) {
    try Self.require(key.count, .key, within: 1...Self.maximumKeySize)
    try Self.require(salt.count, .salt, within: 0...Self.maximumSaltSize)
    try Self.require(personalisation.count, .personalisation, within: 0...Self.maximumSaltSize)
    context = try .blake2b(key: key, salt: salt, personalisation: personalisation)
  }

  /// The code of `message`.
  package mutating func code(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
    try context.update(message.span.bytes)
    return try context.finish()
  }

  /// Writes the code of `message` over the first 64 bytes of `output`, without allocating.
  package mutating func write(
    codeOf message: RawSpan,
    to output: inout MutableRawSpan
  ) throws(CryptoError) {
    try context.update(message)
    try context.finish(into: &output)
  }

  private static func require(
    _ found: Int,
    _ part: CryptoPart,
    within expected: ClosedRange<Int>
  ) throws(CryptoError) {
    guard expected.contains(found) else {
      throw .length(part, .blake2b, expected: expected, found: found)
    }
  }
}
