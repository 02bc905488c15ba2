/// Key agreement by X25519: two parties that know each other's public keys come to one secret.
///
/// ```swift
/// let mine = try X25519.PrivateKey.generate()
/// let secret = try mine.sharedSecret(with: theirs)
/// let key = try HKDF.derive(from: secret, salt: salt, info: bothPublicKeys, count: 32)
/// ```
///
/// The secret is no key yet: derive one, with both public keys in the info.
///
/// Source: RFC 7748, doi:10.17487/RFC7748.
public enum X25519 {
  /// The size of a private key, a public key and a secret in bytes.
  public static let keySize = CurveKey.size

  /// The half of a pair that stays.
  public struct PrivateKey: ~Copyable, Sendable {
    private let key: CurveKey
    /// The half of the pair that the other party gets.
    public let publicKey: PublicKey

    /// The key with these 32 bytes.
    public init(rawKey: borrowing SecretBytes) throws(CryptoError) {
      let key = try CurveKey.privateKey(.x25519, rawKey)
      let publicKey = PublicKey(verified: try key.publicBytes())
      self.key = key
      self.publicKey = publicKey
    }

    /// A new key.
    public static func generate() throws(CryptoError) -> PrivateKey {
      try PrivateKey(rawKey: .random(count: keySize))
    }

    /// The 32 bytes of the key, to be stored under lock.
    public func rawKey() throws(CryptoError) -> SecretBytes { try key.privateBytes() }

    /// The secret of 32 bytes that the owner of `other` comes to as well.
    ///
    /// Throws ``CryptoError/publicKey(_:)`` for the few public keys with which everybody comes to
    /// zeros (RFC 7748, section 6.1).
    public func sharedSecret(with other: PublicKey) throws(CryptoError) -> SecretBytes {
      let other = try CurveKey.publicKey(.x25519, other.rawKey)
      guard let secret = try key.sharedSecret(with: other) else { throw .publicKey(.x25519) }
      return secret
    }
  }

  /// The half of a pair that the other party gets.
  public struct PublicKey: Sendable, Hashable {
    /// The 32 bytes of the key.
    public let rawKey: [UInt8]

    /// The key with these 32 bytes.
    public init(rawKey: [UInt8]) throws(CryptoError) {
      try Curve.x25519.requireKey(ofSize: rawKey.count)
      self.rawKey = rawKey
    }

    fileprivate init(verified rawKey: [UInt8]) { self.rawKey = rawKey }
  }
}
