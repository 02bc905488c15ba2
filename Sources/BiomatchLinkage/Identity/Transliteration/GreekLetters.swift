/// Greek letters by ELOT 743 (second edition) and ISO 843:1997.
enum GreekLetters {
  static func contains(_ letter: Unicode.Scalar) -> Bool { table[letter] != nil }

  /// Writes the letter at `index`, together with the next where both are one sound; returns how many
  /// were taken.
  static func append(
    _ word: [LetterCluster],
    at index: Int,
    rules: GreekRules,
    to letters: inout [UInt8]
  ) -> Int {
    let first = word[index]
    if index + 1 < word.count, let pair = pair(first, word[index + 1], in: word, at: index, rules) {
      letters.append(contentsOf: pair.utf8)
      return 2
    }
    letters.append(contentsOf: (table[first.base] ?? "").utf8)
    return 1
  }

  private static func pair(
    _ first: LetterCluster,
    _ second: LetterCluster,
    in word: [LetterCluster],
    at index: Int,
    _ rules: GreekRules
  ) -> String? {
    // A diaeresis on the second vowel, or an accent on the first, says that they are two sounds.
    let isDiphthong = !second.marks.contains(diaeresis) && !first.marks.contains(where: isAccent)
    switch (first.base, second.base) {
    case ("Ο", "Υ") where isDiphthong: return "OU"
    case ("Α", "Υ") where isDiphthong, ("Ε", "Υ") where isDiphthong, ("Η", "Υ") where isDiphthong:
      let vowel = table[first.base] ?? ""
      if rules == .transliteration { return vowel + "U" }
      let next = index + 2 < word.count ? word[index + 2].base : nil
      return vowel + (next.map(isVoiced) ?? false ? "V" : "F")
    default: break
    }
    guard rules == .transcription else { return nil }
    switch (first.base, second.base) {
    case ("Γ", "Γ"): return "NG"
    case ("Γ", "Ξ"): return "NX"
    case ("Γ", "Χ"): return "NCH"
    case ("Μ", "Π"): return index == 0 || index + 2 == word.count ? "B" : "MP"
    default: return nil
    }
  }

  private static let diaeresis: Unicode.Scalar = "\u{308}"

  /// Acute, grave and circumflex; breathings stand on the second vowel of a diphthong.
  private static func isAccent(_ mark: Unicode.Scalar) -> Bool {
    mark == "\u{301}" || mark == "\u{300}" || mark == "\u{342}"
  }

  /// Vowels and voiced consonants, before which αυ, ευ and ηυ end in V.
  private static func isVoiced(_ letter: Unicode.Scalar) -> Bool {
    "ΑΒΓΔΕΖΗΙΛΜΝΟΡΥΩ".unicodeScalars.contains(letter)
  }

  private static let table: [Unicode.Scalar: String] = [
    "Α": "A", "Β": "V", "Γ": "G", "Δ": "D", "Ε": "E", "Ζ": "Z", "Η": "I", "Θ": "TH", "Ι": "I",
    "Κ": "K", "Λ": "L", "Μ": "M", "Ν": "N", "Ξ": "X", "Ο": "O", "Π": "P", "Ρ": "R", "Σ": "S",
    "Τ": "T", "Υ": "Y", "Φ": "F", "Χ": "CH", "Ψ": "PS", "Ω": "O",
  ]
}
