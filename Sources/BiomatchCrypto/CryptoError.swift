import BiomatchCore

/// Why a cryptographic operation could not be done, or did not accept its input.
public enum CryptoError: BiomatchError, Hashable {
  /// Sealed bytes or an authentication code do not belong to this key and these associated data, or
  /// were changed.
  case authentication(CryptoAlgorithm)
  /// A signature was not made by this key over this message.
  case signature(CryptoAlgorithm)
  /// A part has a length that the algorithm does not take.
  case length(CryptoPart, CryptoAlgorithm, expected: ClosedRange<Int>, found: Int)
  /// A public key is one with which every agreement gives the same known secret.
  case publicKey(CryptoAlgorithm)
  /// OpenSSL refused or failed; `reason` is its own text.
  case openSSL(operation: String, reason: String)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .authentication: "crypto.authentication"
    case .signature: "crypto.signature"
    case .length(let part, _, _, _):
      switch part {
      case .key: "crypto.key-length"
      case .salt: "crypto.salt-length"
      case .personalisation: "crypto.personalisation-length"
      case .message: "crypto.message-length"
      case .associatedData: "crypto.associated-data-length"
      case .sealedMessage: "crypto.sealed-length"
      case .authenticationCode: "crypto.code-length"
      case .signature: "crypto.signature-length"
      case .output: "crypto.output-length"
      }
    case .publicKey: "crypto.public-key"
    case .openSSL: "crypto.openssl"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation { ErrorLocation() }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .authentication(let algorithm):
      "the bytes are not those that \(algorithm.rawValue) made with this key and these associated data"
    case .signature(let algorithm):
      "the \(algorithm.rawValue) signature is not that of this key and this message"
    case .length(let part, let algorithm, let expected, let found):
      "\(algorithm.rawValue) takes \(part.article) of \(text(expected)), found \(found)"
    case .publicKey(let algorithm):
      "the \(algorithm.rawValue) public key must not be a point of small order"
    case .openSSL(let operation, let reason): "\(operation) failed in OpenSSL (\(reason))"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .authentication: "check that this is the right key and an undamaged copy"
    case .signature: "do not trust the message; ask its sender"
    case .length: "give the part in full and nothing else"
    case .publicKey: "do not answer; the key was made to cheat, or is damaged"
    case .openSSL: "check the installation of OpenSSL 3 and the memory of the machine"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .authentication, .signature, .length, .publicKey: .badData
    case .openSSL: .software
    }
  }

  private func text(_ lengths: ClosedRange<Int>) -> String {
    if lengths.lowerBound == lengths.upperBound { return "\(lengths.lowerBound) bytes" }
    if lengths.upperBound == .max { return "at least \(lengths.lowerBound) bytes" }
    return "\(lengths.lowerBound) to \(lengths.upperBound) bytes"
  }
}

/// The algorithm that an error is about.
public enum CryptoAlgorithm: String, Sendable, Hashable, Codable {
  /// Sealing of messages; see ``Sealer``.
  case xaes256GCM = "XAES-256-GCM"
  /// Sealing of the blocks of a file; see ``BlockSealer``.
  case sealedBlocks = "AES-256-GCM"
  /// Authentication codes; see ``HMACSHA256``.
  case hmacSHA256 = "HMAC-SHA-256"
  /// Derivation of keys; see ``HKDF``.
  case hkdfSHA256 = "HKDF-SHA-256"
  /// Derivation of keys; see ``HKDF``.
  case hkdfSHA512 = "HKDF-SHA-512"
  /// Keyed pseudo-random bytes; see ``KeyStream``.
  case keyStream = "AES-256-CTR"
  /// Signatures; see ``Ed25519``.
  case ed25519 = "Ed25519"
  /// Key agreement; see ``X25519``.
  case x25519 = "X25519"
  /// Authentication codes of older linkage codes.
  case hmacSHA1 = "HMAC-SHA-1"
  /// Authentication codes of older linkage codes.
  case hmacMD5 = "HMAC-MD5"
  /// Authentication codes of older linkage codes.
  case blake2b = "BLAKE2b"
}

/// The part whose length an error is about.
public enum CryptoPart: String, Sendable, Hashable, Codable {
  /// A key, secret or public.
  case key
  /// A salt.
  case salt
  /// The personalisation of a hash.
  case personalisation
  /// What is sealed or authenticated.
  case message
  /// What is authenticated with a message and not part of it.
  case associatedData
  /// What sealing made.
  case sealedMessage
  /// An authentication code.
  case authenticationCode
  /// A signature.
  case signature
  /// What was asked for.
  case output

  fileprivate var article: String {
    switch self {
    case .key: "a key"
    case .salt: "a salt"
    case .personalisation: "a personalisation"
    case .message: "a message"
    case .associatedData: "associated data"
    case .sealedMessage: "a sealed message"
    case .authenticationCode: "a code"
    case .signature: "a signature"
    case .output: "an output"
    }
  }
}
