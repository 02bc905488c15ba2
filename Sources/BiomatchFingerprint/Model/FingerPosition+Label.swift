extension FingerPosition {
  /// The position as one lower-case word for options and machine output, for example
  /// `right-index`.
  public var label: String { words.joined(separator: "-") }

  /// The position with that ``label``, or `nil` when there is none.
  public init?(label: String) {
    guard let match = Self.allCases.first(where: { $0.label == label }) else { return nil }
    self = match
  }

  /// The position for people, for example `right index`.
  public var title: String {
    self == .unknown ? "finger not stated" : words.joined(separator: " ")
  }

  /// The words of the case's name in lower case.
  private var words: [String] {
    String(describing: self).reduce(into: [""]) { words, character in
      if character.isUppercase { words.append("") }
      words[words.count - 1] += character.lowercased()
    }
  }
}
