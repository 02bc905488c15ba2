import BiomatchCore

/// Why a matcher refuses to compare two prints.
public enum FingerprintMatcherError: BiomatchError, Hashable {
  /// The descriptors were computed by other parameters than the matcher's.
  case parametersDiffer(expected: ParameterDigest, found: ParameterDigest)

  /// The stable dotted identifier of the rule.
  public var code: String { "matcher.parameters" }

  /// Where the offending input is.
  public var location: ErrorLocation { ErrorLocation(field: "parameter digest") }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .parametersDiffer(let expected, let found):
      "prints compare only under equal matcher parameters: expected \(expected), found \(found)"
    }
  }

  /// What the reader can do about it.
  public var remedy: String { "describe both prints anew with one matcher" }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
