extension String {
  /// The text as people may see it: what could make a terminal do something, or show things that are not
  /// there, is written as `\u{1B}`.
  ///
  /// Identifiers and paths come from elsewhere, and may hold anything. Lines stay lines.
  var shown: String {
    guard unicodeScalars.contains(where: { !Self.isShown($0) }) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if Self.isShown(scalar) {
        text.unicodeScalars.append(scalar)
      } else {
        text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    return text
  }

  /// The text as people may see it in one row of a table, which a line feed would end.
  var shownInRow: String {
    shown.replacing("\n", with: "\\u{A}").replacing("\t", with: "\\u{9}")
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: true
    // Control characters, then marks that turn the direction of what follows them, and breaks of lines.
    case 0x00..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: false
    default: true
    }
  }
}
