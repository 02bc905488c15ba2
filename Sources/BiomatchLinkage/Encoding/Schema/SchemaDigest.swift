import BiomatchCore
import BiomatchCrypto

/// Names what codes were made with: codes are comparable only with those of an equal digest.
///
/// It is the SHA-256 of the schema's canonical JSON, so that schemas that are written differently and
/// mean the same have one digest. The secret is no part of it; ``SecretCheck`` tells secrets apart.
public struct SchemaDigest: Sendable, Hashable {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// The digest of `schema`.
  ///
  /// - Throws: `CryptoError` when OpenSSL fails.
  public init(of schema: LinkageSchema) throws(CryptoError) {
    bytes = try HashAlgorithm.sha256.digest(of: Array(schema.canonicalText.utf8))
  }

  /// The digest with the given bytes; `nil` unless there are 32.
  public init?(bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// The digest written as 64 hexadecimal digits; `nil` for another text.
  public init?(hex: String) {
    guard let digest = ParameterDigest(hex: hex) else { return nil }
    self.init(bytes: digest.bytes)
  }

  /// The bytes as lower-case hexadecimal digits.
  public var hex: String { ParameterDigest(bytes: bytes)?.hex ?? "" }
}

extension SchemaDigest: CustomStringConvertible {
  /// The same as ``hex``.
  public var description: String { hex }
}

/// Tells whether two sets of codes were made with one secret, without telling the secret.
///
/// It is the first 8 bytes of HMAC-SHA-256 over the schema's digest, under a key that HKDF derives from
/// the secret for this alone. Who sees two of them learns whether the secrets are equal, and can test
/// a guess of the secret; the codes themselves tell both as well. A secret must therefore be one
/// that cannot be guessed: 32 random bytes.
public struct SecretCheck: Sendable, Hashable {
  /// The 8 bytes.
  public let bytes: [UInt8]

  /// The check with the given bytes; `nil` unless there are 8.
  public init?(bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count == 8 else { return nil }
    self.bytes = bytes
  }

  /// The bytes as 16 lower-case hexadecimal digits.
  public var hex: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The check of a secret that is used with a schema.
  ///
  /// - Throws: `CryptoError` when OpenSSL fails.
  public init(
    of secret: borrowing SecretBytes,
    schema: SchemaDigest
  ) throws(CryptoError) {
    let key = try HKDF.derive(
      from: secret,
      salt: [],
      info: Array("biomatch linkage secret check 1".utf8),
      count: 32
    )
    var hmac = try HMACSHA256(key: key)
    bytes = Array(try hmac.code(of: schema.bytes).prefix(8))
  }
}

extension SecretCheck: CustomStringConvertible {
  /// The same as ``hex``.
  public var description: String { hex }
}
