import BiomatchCore

/// Why a source gave no key. No case carries any byte of a key.
public enum KeySourceError: BiomatchError, Hashable {
  /// The environment has no such variable, or it is empty.
  case variable(String)
  /// The command did not do its work.
  case command(String, finding: String)
  /// What the source gave is no key.
  case form(source: String)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .variable: "key.variable"
    case .command: "key.command"
    case .form: "key.form"
    }
  }

  /// Which source.
  public var location: ErrorLocation {
    switch self {
    case .variable(let name): ErrorLocation(field: "environment variable \(name)")
    case .command(let name, _): ErrorLocation(field: "command \(name)")
    case .form(let source): ErrorLocation(field: source)
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .variable: "the variable does not hold a key"
    case .command(_, let finding): "the command did not print a key (\(finding))"
    case .form: "a key must be 32 bytes, as they are, in base64 or as hexadecimal digits"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .variable: "set the variable for this process"
    case .command: "run the command by hand and see what it says"
    case .form: "make a key file, or give the source a key of 32 random bytes"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory { .notPermitted }
}
