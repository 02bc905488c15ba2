import BiomatchCore
import BiomatchCrypto

/// Why there are no block keys.
public enum BlockKeyError: BiomatchError, Hashable {
  /// A text describes no block key.
  case syntax(String)
  /// There is no function of that name.
  case function(String)
  /// The schema has no column of that name.
  case column(String)
  /// The keys cannot be computed.
  case crypto(CryptoError)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .syntax: "block.syntax"
    case .function: "block.function"
    case .column: "block.column"
    case .crypto(let error): error.code
    }
  }

  /// The option that the text usually comes from.
  public var location: ErrorLocation {
    switch self {
    case .crypto(let error): error.location
    default: ErrorLocation(field: "block")
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .syntax(let text):
      "a block key must be FUNCTION(COLUMN, ...), up to four with + between them, found '\(text)'"
    case .function(let name):
      "a function of block keys must be one of "
        + BlockKey.Function.allCases.map(\.rawValue).joined(separator: ", ") + ", found '\(name)'"
    case .column(let name): "a block key must name columns of the schema, found '\(name)'"
    case .crypto(let error): error.rule
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .syntax, .function: "write, for example, soundex(surname) + year(date_of_birth)"
    case .column: "give the name of a feature as the schema has it"
    case .crypto(let error): error.remedy
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .crypto(let error): error.category
    default: .usage
    }
  }
}
