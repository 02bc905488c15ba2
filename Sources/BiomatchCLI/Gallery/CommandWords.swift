/// Splits a command into its words, as a shell does with quotes, and nothing else that a shell does.
enum CommandWords {
  /// The words: separated by white space; what is in single or double quotes, or behind a backslash, is
  /// taken as it is. In single quotes a backslash is itself.
  static func split(_ text: String, option: String) throws -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
        word = word ?? ""
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    guard quote == nil, !isEscaped, !words.isEmpty else {
      throw UsageError.option(
        option,
        rule: words.isEmpty
          ? "a command must have a program" : "a quote or backslash must have its end",
        remedy: "give a program and its arguments, \"vault-client read gallery\" for example"
      )
    }
    return words
  }
}
