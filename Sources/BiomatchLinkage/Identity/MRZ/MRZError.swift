import BiomatchCore

/// Why text is no machine-readable zone, or why one cannot be written.
public enum MRZError: BiomatchError, Hashable {
  /// The text breaks a rule.
  case malformed(MRZFinding)
  /// The values do not fit into a zone.
  case unbuildable(MRZFinding)

  /// The stable dotted identifier of the rule, for example `mrz.check-digit.birth-date`.
  public var code: String {
    switch self {
    case .malformed(let finding): finding.code
    case .unbuildable(let finding): "mrz.build.\(finding.rule.rawValue)"
    }
  }

  /// Line, column and field.
  public var location: ErrorLocation { finding.location }

  /// The rule that was broken, with its clause.
  public var rule: String { "\(finding.text) (\(finding.clause))" }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .malformed(let finding): finding.rule.remedy
    case .unbuildable: "change the value, or choose a format that has room for it"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory { .badData }

  /// What was found.
  public var finding: MRZFinding {
    switch self {
    case .malformed(let finding), .unbuildable(let finding): finding
    }
  }
}

/// Where and how a zone breaks a rule.
public struct MRZFinding: Sendable, Hashable {
  /// The rule.
  public var rule: MRZRule
  /// Line and column, counted from one, and the field.
  public var location: ErrorLocation
  /// What was expected and what was found, as a sentence without a full stop.
  public var text: String
  /// The clause that states the rule.
  public var clause: String

  /// The stable dotted identifier, `mrz.` and the rule.
  public var code: String { "mrz.\(rule.rawValue)" }
}
