/// Why a text is no code of a State or organization.
public enum CountryCodeError: BiomatchError, Hashable {
  /// The text is not one to three letters A–Z.
  case malformed(String)

  /// The stable dotted identifier of the rule.
  public var code: String { "country.code" }

  /// Where the offending input is.
  public var location: ErrorLocation { ErrorLocation(field: "country code") }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .malformed(let text): "a code must be one to three letters A–Z, found '\(text)'"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    "use alpha-3 of ISO 3166-1, or a code of ICAO Doc 9303 part 3, section 5"
  }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
