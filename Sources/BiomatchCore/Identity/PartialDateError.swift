/// Why something is no date.
public enum PartialDateError: BiomatchError, Hashable {
  /// The text is not of the form `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
  case text(String)
  /// A part is outside the range that it has there.
  case part(String, range: ClosedRange<Int>, found: Int)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .text: "date.text"
    case .part: "date.part"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .text: ErrorLocation(field: "date")
    case .part(let name, _, _): ErrorLocation(field: name)
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .text(let text): "a date must be written YYYY-MM-DD, found '\(text)'"
    case .part(let name, let range, let found):
      "a \(name) must be in \(range.lowerBound)...\(range.upperBound) here, found \(found)"
    }
  }

  /// What the reader can do about it.
  public var remedy: String { "write zeros for what is unknown, as in 1984-05-00" }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
