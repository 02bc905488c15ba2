/// Derives keys from a secret by HKDF with SHA-256.
///
/// One secret gives as many independent keys as there are values of `info`:
///
/// ```swift
/// let key = try HKDF.derive(from: secret, salt: salt, info: Array("records 1".utf8), count: 32)
/// ```
///
/// The secret must be hard to guess already; passwords need another function.
///
/// Source: RFC 5869, doi:10.17487/RFC5869.
public enum HKDF {
  /// The most bytes that one derivation gives.
  public static let maximumCount = 255 * HMACSHA256.codeSize

  /// Extracts and expands: a key of `count` bytes that depends on all of the arguments.
  ///
  /// - Parameters:
  ///   - secret: the input key material.
  ///   - salt: public and random where there is one; it may be empty.
  ///   - info: what the key is for.
  ///   - count: at most ``maximumCount``.
  public static func derive(
    from secret: borrowing SecretBytes,
    salt: [UInt8],
    info: [UInt8],
    count: Int
  ) throws(CryptoError) -> SecretBytes {
    try expand(extract(from: secret, salt: salt), info: info, count: count)
  }

  /// The pseudo-random key, of 32 bytes, in `secret`.
  public static func extract(
    from secret: borrowing SecretBytes,
    salt: [UInt8]
  ) throws(CryptoError) -> SecretBytes {
    var hmac = try MACContext.hmac(.sha256, key: SecretBytes(copying: salt))
    try hmac.update(secret)
    return try hmac.finishSecretly()
  }

  /// `count` bytes of key material for the purpose `info` from a pseudo-random key of at least 32
  /// bytes.
  public static func expand(
    _ pseudorandomKey: borrowing SecretBytes,
    info: [UInt8],
    count: Int
  ) throws(CryptoError) -> SecretBytes {
    guard pseudorandomKey.count >= HMACSHA256.codeSize else {
      throw .length(
        .key,
        .hkdfSHA256,
        expected: HMACSHA256.codeSize...Int.max,
        found: pseudorandomKey.count
      )
    }
    guard (0...maximumCount).contains(count) else {
      throw .length(.output, .hkdfSHA256, expected: 0...maximumCount, found: count)
    }
    var hmac = try MACContext.hmac(.sha256, key: pseudorandomKey)
    var output = SecretBytes(count: count)
    var block = SecretBytes(count: 0)
    var offset = 0
    var counter: UInt8 = 0
    while offset < count {
      counter += 1
      try hmac.update(block)
      try hmac.update(info.span.bytes)
      try hmac.update([counter].span.bytes)
      block = try hmac.finishSecretly()
      let size = min(block.count, count - offset)
      output.overwrite(at: offset, with: block, count: size)
      offset += size
    }
    return output
  }
}
