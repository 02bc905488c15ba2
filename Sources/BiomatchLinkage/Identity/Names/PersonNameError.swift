import BiomatchCore

/// Why a text is no name that a machine-readable zone can have.
public enum PersonNameError: BiomatchError, Hashable {
  /// No letter is left of the name.
  case empty
  /// A component is not one or more letters A–Z.
  case component(String)
  /// A name has no digits.
  case digit(Unicode.Scalar, at: ErrorLocation)
  /// No table says how to write the letter in A–Z.
  case letter(Unicode.Scalar, at: ErrorLocation)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .empty: "name.empty"
    case .component: "name.component"
    case .digit: "name.digit"
    case .letter: "name.letter"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .empty, .component: ErrorLocation(field: "name")
    case .digit(_, let place), .letter(_, let place): place
    }
  }

  /// The rule that was broken, with its clause.
  public var rule: String {
    switch self {
    case .empty: "a name must have at least one letter"
    case .component(let text): "a component of a name must be letters A–Z, found '\(text)'"
    case .digit(let digit, _):
      "a name must not have digits, found '\(digit)' (ICAO Doc 9303 part 3, 4.6)"
    case .letter(let letter, _):
      "no table writes '\(letter)' (U+\(hexadecimal(letter))) in letters A–Z"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .empty, .component: "give the name as the document has it"
    case .digit: "write a legal number in Roman numerals, or leave it out"
    case .letter: "give the name in Latin, Cyrillic, Arabic or Greek script"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory { .badData }

  private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
