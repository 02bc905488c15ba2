/// Derives keys from a secret by HKDF, with SHA-256 unless told.
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
  /// The most bytes that one derivation gives with SHA-256.
  public static let maximumCount = maximumCount(.sha256)

  /// The most bytes that one derivation gives: 255 digests.
  public static func maximumCount(_ hash: HashAlgorithm) -> Int { 255 * hash.digestSize }

  /// Extracts and expands: a key of `count` bytes that depends on all of the arguments.
  ///
  /// - Parameters:
  ///   - secret: the input key material.
  ///   - salt: public and random where there is one; it may be empty.
  ///   - info: what the key is for.
  ///   - count: at most ``maximumCount(_:)``.
  public static func derive(
    from secret: borrowing SecretBytes,
    salt: [UInt8],
    info: [UInt8],
    count: Int,
    hash: HashAlgorithm = .sha256
  ) throws(CryptoError) -> SecretBytes {
    try expand(extract(from: secret, salt: salt, hash: hash), info: info, count: count, hash: hash)
  }

  /// The pseudo-random key, of the size of a digest, in `secret`.
  public static func extract(
    from secret: borrowing SecretBytes,
    salt: [UInt8],
    hash: HashAlgorithm = .sha256
  ) throws(CryptoError) -> SecretBytes {
    var hmac = try MACContext.hmac(hash.underHMAC, key: SecretBytes(copying: salt))
    try hmac.update(secret)
    return try hmac.finishSecretly()
  }

  /// `count` bytes of key material for the purpose `info` from a pseudo-random key of at least the
  /// size of a digest.
  public static func expand(
    _ pseudorandomKey: borrowing SecretBytes,
    info: [UInt8],
    count: Int,
    hash: HashAlgorithm = .sha256
  ) throws(CryptoError) -> SecretBytes {
    guard pseudorandomKey.count >= hash.digestSize else {
      throw .length(
        .key,
        hash.underHKDF,
        expected: hash.digestSize...Int.max,
        found: pseudorandomKey.count
      )
    }
    guard (0...maximumCount(hash)).contains(count) else {
      throw .length(.output, hash.underHKDF, expected: 0...maximumCount(hash), found: count)
    }
    var hmac = try MACContext.hmac(hash.underHMAC, key: pseudorandomKey)
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

extension HashAlgorithm {
  fileprivate var underHMAC: HMACDigest {
    switch self {
    case .sha256: .sha256
    case .sha512: .sha512
    }
  }

  fileprivate var underHKDF: CryptoAlgorithm {
    switch self {
    case .sha256: .hkdfSHA256
    case .sha512: .hkdfSHA512
    }
  }
}
