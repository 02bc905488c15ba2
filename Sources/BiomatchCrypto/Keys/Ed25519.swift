/// Signatures by Ed25519: who has the private key makes them, everybody can verify them.
///
/// ```swift
/// let key = try Ed25519.PrivateKey.generate()
/// let signature = try key.signature(of: message)
/// try key.publicKey.verify(signature, of: message)
/// ```
///
/// Signing the same message again gives the same signature.
///
/// Source: RFC 8032, doi:10.17487/RFC8032.
public enum Ed25519 {
  /// The size of a private or public key in bytes.
  public static let keySize = CurveKey.size
  /// The size of a signature in bytes.
  public static let signatureSize = 64

  /// A key that signs.
  public struct PrivateKey: ~Copyable, Sendable {
    private let key: CurveKey
    /// The key that verifies.
    public let publicKey: PublicKey

    /// The key with these 32 bytes, which RFC 8032 calls the private key.
    public init(rawKey: borrowing SecretBytes) throws(CryptoError) {
      let key = try CurveKey.privateKey(.ed25519, rawKey)
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

    /// The signature of `message`, 64 bytes.
    public func signature(of message: RawSpan) throws(CryptoError) -> [UInt8] {
      try key.signature(of: message)
    }

    /// The signature of `message`, 64 bytes.
    public func signature(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
      try key.signature(of: message.span.bytes)
    }
  }

  /// A key that verifies.
  public struct PublicKey: Sendable, Hashable {
    /// The 32 bytes of the key.
    public let rawKey: [UInt8]

    /// The key with these 32 bytes.
    ///
    /// Whether they are a point of the curve shows when a signature is verified: none is accepted
    /// under other bytes.
    public init(rawKey: [UInt8]) throws(CryptoError) {
      try Curve.ed25519.requireKey(ofSize: rawKey.count)
      self.rawKey = rawKey
    }

    fileprivate init(verified rawKey: [UInt8]) { self.rawKey = rawKey }

    /// Throws ``CryptoError/signature(_:)`` unless `signature` is of this key and this message.
    public func verify(_ signature: [UInt8], of message: RawSpan) throws(CryptoError) {
      guard signature.count == signatureSize else {
        let size = signatureSize
        throw .length(.signature, .ed25519, expected: size...size, found: signature.count)
      }
      let key = try CurveKey.publicKey(.ed25519, rawKey)
      guard try key.accepts(signature, of: message) else { throw .signature(.ed25519) }
    }

    /// Throws ``CryptoError/signature(_:)`` unless `signature` is of this key and this message.
    public func verify(_ signature: [UInt8], of message: [UInt8]) throws(CryptoError) {
      try verify(signature, of: message.span.bytes)
    }
  }
}
