import BiomatchCore

/// Why codes cannot be made or compared.
public enum CodesError: BiomatchError, Hashable {
  /// A code cannot have so many bits.
  case length(bits: Int)
  /// A code has another number of bytes than the others, or than the caller said.
  case codeLength(expected: Int, found: Int)
  /// Two codes have one identifier.
  case duplicate(ReferenceID)
  /// Codes that are to be compared have different numbers of bits.
  case differentLengths(Int, Int)
  /// Codes that are to be compared were made by different schemas.
  case differentSchemas(SchemaDigest, SchemaDigest)
  /// It is not known by which schema codes were made that are to be compared.
  case unknownSchema(CodesSide)
  /// Codes that are to be compared were made under different secrets.
  case differentSecrets(SecretCheck, SecretCheck)
  /// It is not known under which secret codes were made that are to be compared.
  case unknownSecret(CodesSide)
  /// A threshold is no number from 0 to 1.
  case threshold(Double)
  /// So many candidates a record cannot be asked for.
  case limit(Int)
  /// Block keys are not those of the codes.
  case blockKeyCount(expected: Int, found: Int)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .length: "codes.length"
    case .codeLength: "codes.code-length"
    case .duplicate: "codes.duplicate"
    case .differentLengths: "codes.different-lengths"
    case .differentSchemas: "codes.different-schemas"
    case .unknownSchema: "codes.unknown-schema"
    case .differentSecrets: "codes.different-secrets"
    case .unknownSecret: "codes.unknown-secret"
    case .threshold: "codes.threshold"
    case .limit: "codes.limit"
    case .blockKeyCount: "codes.block-keys"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .threshold: ErrorLocation(field: "threshold")
    case .limit: ErrorLocation(field: "limit")
    default: ErrorLocation()
    }
  }

  /// The rule that was broken.
  public var rule: String { rule(first: "the first side", second: "the second side") }

  /// The rule that was broken, with the names of both sides: those of their files for example.
  ///
  /// - Parameter first: the side that was asked whether it compares with the other.
  public func rule(first: String, second: String) -> String {
    switch self {
    case .length(let bits): "a code must have 64 to 4096 bits, a multiple of 8, found \(bits)"
    case .codeLength(let expected, let found):
      "every code must have \(expected) bytes, found \(found)"
    case .duplicate(let identifier):
      "a record must have an identifier of its own, found '\(identifier)' again"
    case .differentLengths(let a, let b):
      "codes that are compared must have the same number of bits, found \(a) in \(first) and \(b) in \(second)"
    case .differentSchemas(let a, let b):
      "codes that are compared must be made by one schema, found \(a) in \(first) and \(b) in \(second)"
    case .unknownSchema(let side):
      "codes that are compared must state the schema that they were made by, and "
        + side.names(first, second) + " not"
    case .differentSecrets(let a, let b):
      "codes that are compared must be made under one secret, found the check \(a) in \(first) and "
        + "\(b) in \(second)"
    case .unknownSecret(let side):
      "codes that are compared must state the check of the secret they were made under, and "
        + side.names(first, second) + " not"
    case .threshold(let value): "a threshold must be a number in 0...1, found \(value)"
    case .limit(let limit): "there must be 1 to 65536 candidates for a record, found \(limit)"
    case .blockKeyCount(let expected, let found):
      "there must be block keys for each of the \(expected) codes, found those of \(found)"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .length, .codeLength:
      "check that these are codes, all of one schema, and that their length is right"
    case .duplicate: "give each record another identifier"
    case .differentLengths, .differentSchemas: "encode both files by the schema of the agreement"
    case .differentSecrets: "encode both files under the secret of the agreement"
    case .unknownSchema, .unknownSecret:
      "make sure that both were made by one schema and secret, and then allow unknown ones "
        + "(--any-schema, allowsUnknownSchema)"
    case .threshold: "give a number such as 0.8"
    case .limit: "give a number in 1...65536"
    case .blockKeyCount: "give the keys of the same records, in the same order"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .threshold, .limit: .usage
    default: .badData
    }
  }
}

/// Which of two sides an error is about.
public enum CodesSide: Sendable, Hashable {
  /// The first side alone.
  case first
  /// The second side alone.
  case second
  /// Each of them.
  case both

  /// `nil` for neither.
  init?(first: Bool, second: Bool) {
    switch (first, second) {
    case (true, true): self = .both
    case (true, false): self = .first
    case (false, true): self = .second
    case (false, false): return nil
    }
  }

  fileprivate func names(_ first: String, _ second: String) -> String {
    switch self {
    case .first: "\(first) does"
    case .second: "\(second) does"
    case .both: "\(first) and \(second) do"
    }
  }
}
