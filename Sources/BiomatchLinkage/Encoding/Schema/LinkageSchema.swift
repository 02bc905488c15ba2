/// How records become codes that other software makes alike: a linkage schema of clkhash, version 3.
///
/// Two parties that hold the same schema and the same secret get, for the same record, the same bits.
///
/// ```swift
/// let schema = try LinkageSchema(file: "schema.json").schema
/// let encoder = try RecordEncoder(schema: schema, secret: secret)
/// ```
///
/// Codes of this kind, cryptographic long-term keys, are there to work with existing partners. They do
/// not hide who is in a file from someone with a similar list: see `docs/record-linkage.md`.
///
/// Source: R. Schnell, T. Bachteler, J. Reiher, "Privacy-preserving record linkage using Bloom
/// filters", BMC Medical Informatics and Decision Making 9:41, 2009, doi:10.1186/1472-6947-9-41.
public struct LinkageSchema: Sendable, Hashable {
  /// How many bits a code has, 64 to 4096, a multiple of 8: `l`.
  public let bits: Int
  /// How many times a code is folded onto itself by exclusive or, 0 to 6: `xor_folds`.
  public let folds: Int
  /// How the keys of the features come from the secret.
  public let keyDerivation: KeyDerivation
  /// The columns of the table, in order.
  public let features: [LinkageFeature]

  /// The schema with the given parts.
  ///
  /// - Throws: ``LinkageSchemaError/broken(_:)`` where they break a rule.
  public init(
    bits: Int = 1024,
    folds: Int = 0,
    keyDerivation: KeyDerivation = .hkdf(HKDFSettings()),
    features: [LinkageFeature]
  ) throws(LinkageSchemaError) {
    self.bits = bits
    self.folds = folds
    self.keyDerivation = keyDerivation
    self.features = features
    try checkRules()
  }

  /// How many bits there are before folding.
  public var hashedBits: Int { bits << folds }

  /// How many words of 64 bits a code takes; unused bits at the end are zero.
  public var wordsPerCode: Int { (bits + 63) / 64 }
}

/// How the keys of the features come from the secret.
public enum KeyDerivation: Sendable, Hashable {
  /// By HKDF, a pair of keys for each feature.
  case hkdf(HKDFSettings)
  /// The secret itself is every key. Equal tokens of different features then set equal bits; for codes
  /// of early versions only.
  case legacy
}

/// The parameters of HKDF (RFC 5869).
public struct HKDFSettings: Sendable, Hashable {
  /// The hash function.
  public enum Hash: String, Sendable, Hashable, CaseIterable {
    /// SHA-256.
    case sha256 = "SHA256"
    /// SHA-512.
    case sha512 = "SHA512"
  }

  /// The hash function.
  public var hash: Hash
  /// The salt, public; it may be empty.
  public var salt: [UInt8]
  /// What the keys are for; it may be empty.
  public var info: [UInt8]
  /// The size of a key in bytes, 1 to 4096, for `blakeHash` at most 64.
  public var keySize: Int

  /// The given parameters; by default those of clkhash.
  public init(
    hash: Hash = .sha256,
    salt: [UInt8] = [],
    info: [UInt8] = [],
    keySize: Int = 64
  ) {
    self.hash = hash
    self.salt = salt
    self.info = info
    self.keySize = keySize
  }
}
