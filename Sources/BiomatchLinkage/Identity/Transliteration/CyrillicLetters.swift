/// Cyrillic letters by ICAO Doc 9303 part 3, section 6.B, with the exceptions of languages.
///
/// The table has misprints. U+0402 Ђ, which it prints as Ћ, is D. GJ of Macedonian, which stands at
/// U+0492, belongs to U+0403 Ѓ. Ћ (U+040B), which it lacks, is C, as the sixth edition had it. Ь, which
/// it lacks, is left out.
enum CyrillicLetters {
  static func latin(of word: [LetterCluster], at index: Int, rules: CyrillicRules) -> String? {
    let letter = composed(word[index])
    if index == 0, rules == .ukrainian, let first = ukrainianInitials[letter] { return first }
    if rules == .bulgarianNational, letter == "Я", index > 0, index == word.count - 1,
      composed(word[index - 1]) == "И"
    {
      return "A"
    }
    return exceptions[rules]?[letter] ?? table[letter]
  }

  /// The letter with the one mark that makes it another letter of the table; other marks say stress.
  private static func composed(_ cluster: LetterCluster) -> Unicode.Scalar {
    for mark in cluster.marks {
      switch (cluster.base, mark) {
      case ("Е", "\u{308}"): return "Ё"
      case ("І", "\u{308}"): return "Ї"
      case ("И", "\u{306}"): return "Й"
      case ("У", "\u{306}"): return "Ў"
      case ("Г", "\u{301}"): return "Ѓ"
      case ("К", "\u{301}"): return "Ќ"
      default: continue
      }
    }
    return cluster.base
  }

  private static let table: [Unicode.Scalar: String] = [
    "Ё": "E", "Ђ": "D", "Ѓ": "G", "Є": "IE", "Ѕ": "DZ", "І": "I", "Ї": "I", "Ј": "J", "Љ": "LJ",
    "Њ": "NJ", "Ћ": "C", "Ќ": "K", "Ў": "U", "Џ": "DZ",
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ж": "ZH", "З": "Z", "И": "I",
    "Й": "I", "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R", "С": "S",
    "Т": "T", "У": "U", "Ф": "F", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH", "Щ": "SHCH",
    "Ъ": "IE", "Ы": "Y", "Ь": "", "Э": "E", "Ю": "IU", "Я": "IA",
    "Ѫ": "U", "Ѵ": "Y", "Ґ": "G", "Ғ": "G", "Һ": "C",
    // Not in the Doc: letters of Kazakh, Kyrgyz, Tatar, Tajik and Mongolian, and old ones, by shape.
    "Ә": "A", "Қ": "K", "Ң": "N", "Ө": "O", "Ұ": "U", "Ү": "U", "Ҳ": "H", "Ҷ": "J", "Ҙ": "Z",
    "Ҫ": "S", "Җ": "ZH", "Ѣ": "IE", "Ѳ": "F", "Ӏ": "",
  ]

  private static let exceptions: [CyrillicRules: [Unicode.Scalar: String]] = [
    .belorussian: ["Ё": "IO", "Г": "H"],
    .bulgarian: ["Щ": "SHT"],
    .macedonian: ["Ѓ": "GJ", "Ќ": "KJ", "Џ": "DJ", "Х": "H", "Ц": "C"],
    .serbian: serbian.merging(["Г": "H"]) { $1 },
    .ukrainian: ["Г": "H", "И": "Y"],
    .bulgarianNational: [
      "Щ": "SHT", "Й": "Y", "Х": "H", "Ъ": "A", "Ь": "Y", "Ю": "YU", "Я": "YA",
    ],
    .serbianNational: serbian,
  ]

  private static let serbian: [Unicode.Scalar: String] = [
    "Ж": "Z", "Х": "H", "Ц": "C", "Ч": "C", "Ш": "S",
  ]

  private static let ukrainianInitials: [Unicode.Scalar: String] = [
    "Є": "YE", "Ї": "YI", "Й": "Y", "Ю": "YU", "Я": "YA",
  ]
}
