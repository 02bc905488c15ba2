/// Latin letters by ICAO Doc 9303 part 3, section 6.A.
///
/// A letter of A–Z with marks is the letter alone but for the five of ``LatinAlternatives``: so say
/// all rows of the table that decompose, and letters beyond the table (Vietnamese, Romanian Ș and Ț)
/// are treated alike. Letters that do not decompose are listed.
enum LatinLetters {
  static func latin(of cluster: LetterCluster, alternatives: LatinAlternatives) -> String? {
    if ("A"..."Z").contains(cluster.base) {
      for mark in cluster.marks {
        switch (cluster.base, mark) {
        case ("A", diaeresis): return alternatives.aDiaeresis.rawValue
        case ("A", ring): return alternatives.aRing.rawValue
        case ("N", tilde): return alternatives.nTilde.rawValue
        case ("O", diaeresis): return alternatives.oDiaeresis.rawValue
        case ("U", diaeresis): return alternatives.uDiaeresis.rawValue
        default: continue
        }
      }
      return String(cluster.base)
    }
    return undecomposed[cluster.base]
  }

  private static let diaeresis: Unicode.Scalar = "\u{308}"
  private static let ring: Unicode.Scalar = "\u{30A}"
  private static let tilde: Unicode.Scalar = "\u{303}"

  private static let undecomposed: [Unicode.Scalar: String] = [
    // In the Doc's table. ß and ı become SS and I as capitals; Ĳ, Ŀ and ŉ by compatibility.
    "Æ": "AE", "Ð": "D", "Ø": "OE", "Þ": "TH", "Đ": "D", "Ħ": "H", "Ł": "L", "Ŋ": "N", "Œ": "OE",
    "Ŧ": "T", "ẞ": "SS",
    // Not in it: kra by the spelling that replaced it, the others by shape, as documents write them.
    "ĸ": "Q", "Ə": "A", "Ɓ": "B", "Ɖ": "D", "Ɗ": "D", "Ɛ": "E", "Ɣ": "G", "Ɨ": "I", "Ɩ": "I",
    "Ƙ": "K", "Ɲ": "N", "Ɔ": "O", "Ʋ": "V", "Ƴ": "Y", "Ƶ": "Z", "Ǝ": "E", "Ỻ": "LL", "Ỽ": "V",
    "Ỿ": "Y", "ẜ": "S", "ẝ": "S", "ẟ": "D",
  ]
}
