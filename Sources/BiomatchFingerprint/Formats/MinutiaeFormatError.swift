import BiomatchCore

/// Why bytes could not be decoded as a minutiae record, or a record could not be encoded.
public indirect enum MinutiaeFormatError: BiomatchError, Hashable {
  /// The bytes are not a record of any format that can be told without help.
  case unrecognised(hint: String, location: ErrorLocation)
  /// The bytes are well-formed records of several formats with different content.
  case ambiguous(candidates: [MinutiaeFormat], location: ErrorLocation)
  /// The format has no header and no usable ``RecordContext`` was given.
  case contextRequired(format: MinutiaeFormat, finding: String, location: ErrorLocation)
  /// The bytes break a rule of their format.
  case malformed(MinutiaeRule, RuleBreach)
  /// The record holds values that the target format has no place for at all.
  case unencodable(MinutiaeRule, RuleBreach)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .unrecognised: "minutiae.format.unrecognised"
    case .ambiguous: "minutiae.format.ambiguous"
    case .contextRequired(let format, _, _): "minutiae.\(format.codeName).context"
    case .malformed(let rule, let breach): rule.code(in: breach.format)
    case .unencodable(let rule, let breach):
      "minutiae.\(breach.format.codeName).encode.\(rule.rawValue)"
    }
  }

  /// Where the offending bytes or values are.
  public var location: ErrorLocation {
    switch self {
    case .unrecognised(_, let location), .ambiguous(_, let location),
      .contextRequired(_, _, let location):
      location
    case .malformed(_, let breach), .unencodable(_, let breach): breach.location
    }
  }

  /// The rule that was broken, with its clause.
  public var rule: String {
    switch self {
    case .unrecognised(let hint, _): "not a minutiae record of a known format: \(hint)"
    case .ambiguous(let candidates, _):
      "the bytes are a well-formed record of each of "
        + candidates.map(\.title).joined(separator: ", ")
    case .contextRequired(let format, let finding, _):
      "\(format.title) has no header: \(finding)"
    case .malformed(_, let breach): "\(breach.finding) (\(breach.clause))"
    case .unencodable(_, let breach): "\(breach.finding) (\(breach.clause))"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .unrecognised:
      "name the format when it is a card format or .xyt, or check that the file is a minutiae record"
    case .ambiguous(let candidates, _):
      "name the format, one of " + candidates.map(\.rawValue).joined(separator: ", ")
    case .contextRequired:
      "give the width, height and resolution of the image that the minutiae were found in"
    case .malformed(let rule, _): rule.remedy
    case .unencodable: "change the record, or choose a format that can hold it"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .contextRequired: .usage
    case .unrecognised, .ambiguous, .malformed, .unencodable: .badData
    }
  }
}

/// Where and how a record breaks a rule.
public struct RuleBreach: Sendable, Hashable {
  /// The format whose rule it is.
  public var format: MinutiaeFormat
  /// Where: byte offset and field, or line and column in text.
  public var location: ErrorLocation
  /// The expected and the found value.
  public var finding: String
  /// The clause of the standard that states the rule.
  public var clause: String

  /// A breach of a rule of `format` at `location`.
  public init(format: MinutiaeFormat, location: ErrorLocation, finding: String, clause: String) {
    self.format = format
    self.location = location
    self.finding = finding
    self.clause = clause
  }
}
