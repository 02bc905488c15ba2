/// Why a text cannot be an identifier.
public enum IdentifierError: BiomatchError, Hashable {
  /// The text has no byte at all.
  case empty(IdentifierKind)
  /// The text takes more than 64 bytes of UTF-8.
  case tooLong(IdentifierKind, bytes: Int)
  /// The bytes are not UTF-8.
  case notUTF8(IdentifierKind)
  /// The text holds the character U+0000, which file formats and system calls cut texts at.
  case nul(IdentifierKind, offset: Int)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .empty: "identifier.empty"
    case .tooLong: "identifier.length"
    case .notUTF8: "identifier.utf8"
    case .nul: "identifier.nul"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation { ErrorLocation(field: kind.rawValue) }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .empty: "an identifier must have at least one byte"
    case .tooLong(_, let bytes): "an identifier must have at most 64 bytes of UTF-8, found \(bytes)"
    case .notUTF8: "an identifier must be valid UTF-8"
    case .nul(_, let offset): "an identifier must not have U+0000, found one at byte \(offset)"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .empty: "give the \(kind.rawValue) a text"
    case .tooLong: "use a shorter pseudonym, a case number for example"
    case .notUTF8: "convert the input to UTF-8"
    case .nul: "remove the character"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory { .badData }

  private var kind: IdentifierKind {
    switch self {
    case .empty(let kind), .tooLong(let kind, _), .notUTF8(let kind), .nul(let kind, _): kind
    }
  }
}

/// What an identifier stands for.
public enum IdentifierKind: String, Sendable, Hashable, Codable {
  /// A person; see ``SubjectID``.
  case subject
  /// One stored sample; see ``ReferenceID``.
  case reference
}
