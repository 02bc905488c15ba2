import BiomatchCore

/// Why a text is no linkage schema, or none that can be used.
public enum LinkageSchemaError: BiomatchError, Hashable {
  /// The file cannot be read.
  case file(FileError)
  /// The text is no JSON.
  case json(JSONTextError)
  /// A rule of the schema is broken.
  case broken(LinkageSchemaFinding)

  /// The stable dotted identifier of the rule, for example `schema.unknown-key`.
  public var code: String {
    switch self {
    case .file(let error): error.code
    case .json(let error): error.code
    case .broken(let finding): "schema.\(finding.rule.rawValue)"
    }
  }

  /// The file, with line and column of a fault in the JSON or the JSON path of another.
  public var location: ErrorLocation {
    switch self {
    case .file(let error): error.location
    case .json(let error): error.location
    case .broken(let finding): ErrorLocation(file: finding.file, field: finding.path)
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .file(let error): error.rule
    case .json(let error): error.rule
    case .broken(let finding): finding.text
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .file(let error): error.remedy
    case .json(let error): error.remedy
    case .broken(let finding): finding.rule.remedy
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .file(let error): error.category
    case .json, .broken: .badData
    }
  }
}

/// Where and how a schema breaks a rule.
public struct LinkageSchemaFinding: Sendable, Hashable {
  /// The rule.
  public var rule: LinkageSchemaRule
  /// The file, where there is one.
  public var file: String?
  /// Where in the schema, `$.features[2].hashing.strategy` for example.
  public var path: String
  /// What was expected and what was found, as a sentence without a full stop.
  public var text: String
}

/// The rules of a linkage schema.
public enum LinkageSchemaRule: String, Sendable, Hashable, CaseIterable {
  /// The version is one that is known.
  case version
  /// What must be there is there.
  case missing
  /// A value is of its kind, a number for example.
  case kind
  /// A value is one of those that are allowed.
  case value
  /// A number is within its bounds.
  case range
  /// There is nothing that the format does not know.
  case unknownKey = "unknown-key"
  /// Salt and info are base64.
  case base64
  /// A regular expression is one that is understood.
  case pattern
  /// The format of a date is one that is understood.
  case dateFormat = "date-format"
  /// A text can be written in the feature's encoding.
  case encoding
  /// The hash can make codes of this length from keys of this size.
  case hash
  /// At least one feature is encoded.
  case features

  var remedy: String {
    switch self {
    case .version: "convert the schema to version 3, or take one of version 1 to 3"
    case .missing: "add it"
    case .kind, .value, .range: "correct the value"
    case .unknownKey: "correct the name, or remove it"
    case .base64: "write the bytes in base64, with padding"
    case .pattern: "write the expression with classes, groups, alternatives and repetitions only"
    case .dateFormat: "write the format with %Y, %y, %m, %d, %b, %B, %H, %M and %S"
    case .encoding: "choose another text, or the encoding utf-8"
    case .hash: "change the length, the size of keys or the hash"
    case .features: "encode at least one column"
    }
  }
}
