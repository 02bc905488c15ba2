/// Arabic letters, with those of Persian, Urdu and Pashto, by ICAO Doc 9303 part 3, section 6.C and
/// appendix B.
///
/// `X` escapes the letters that A–Z have no likeness of. Vowel signs are not written, a shadda doubles
/// what its letter gives, and a teh marbuta is XAH at the end of a component, XTA elsewhere.
enum ArabicLetters {
  static func latin(of cluster: LetterCluster, isLast: Bool) -> String? {
    let letter = composed(cluster)
    let written = letter == "\u{629}" ? (isLast ? "XAH" : "XTA") : table[letter]
    guard let written else { return nil }
    return cluster.marks.contains(shadda) ? written + written : written
  }

  private static let shadda: Unicode.Scalar = "\u{651}"

  /// The letter with the madda or hamza that makes it another letter of the table.
  private static func composed(_ cluster: LetterCluster) -> Unicode.Scalar {
    for mark in cluster.marks {
      switch (cluster.base, mark) {
      case ("\u{627}", "\u{653}"): return "\u{622}"
      case ("\u{627}", "\u{654}"): return "\u{623}"
      case ("\u{648}", "\u{654}"): return "\u{624}"
      case ("\u{627}", "\u{655}"): return "\u{625}"
      case ("\u{64A}", "\u{654}"): return "\u{626}"
      case ("\u{6D5}", "\u{654}"): return "\u{6C0}"
      case ("\u{6C1}", "\u{654}"): return "\u{6C2}"
      case ("\u{6D2}", "\u{654}"): return "\u{6D3}"
      default: continue
      }
    }
    return cluster.base
  }

  private static let table: [Unicode.Scalar: String] = [
    "\u{621}": "XE", "\u{622}": "XAA", "\u{623}": "XAE", "\u{624}": "U", "\u{625}": "I",
    "\u{626}": "XI", "\u{627}": "A", "\u{628}": "B", "\u{62A}": "T", "\u{62B}": "XTH",
    "\u{62C}": "J", "\u{62D}": "XH", "\u{62E}": "XKH", "\u{62F}": "D", "\u{630}": "XDH",
    "\u{631}": "R", "\u{632}": "Z", "\u{633}": "S", "\u{634}": "XSH", "\u{635}": "XSS",
    "\u{636}": "XDZ", "\u{637}": "XTT", "\u{638}": "XZZ", "\u{639}": "E", "\u{63A}": "G",
    "\u{641}": "F", "\u{642}": "Q", "\u{643}": "K", "\u{644}": "L", "\u{645}": "M", "\u{646}": "N",
    "\u{647}": "H", "\u{648}": "W", "\u{649}": "XAY", "\u{64A}": "Y", "\u{671}": "XXA",
    "\u{679}": "XXT", "\u{67C}": "XRT", "\u{67E}": "P", "\u{681}": "XKE", "\u{685}": "XXH",
    "\u{686}": "XC", "\u{688}": "XXD", "\u{689}": "XDR", "\u{691}": "XXR", "\u{693}": "XRR",
    "\u{696}": "XRX", "\u{698}": "XJ", "\u{69A}": "XXS", "\u{6A9}": "XKK", "\u{6AB}": "XXK",
    "\u{6AD}": "XNG", "\u{6AF}": "XGG", "\u{6BA}": "XNN", "\u{6BC}": "XXN", "\u{6BE}": "XDO",
    "\u{6C0}": "XYH", "\u{6C1}": "XXG", "\u{6C2}": "XGE", "\u{6C3}": "XTG", "\u{6CC}": "XYA",
    "\u{6CD}": "XXY", "\u{6D0}": "Y", "\u{6D2}": "XYB", "\u{6D3}": "XBE",
    // Letters of foreign names, appendix B.5.4.
    "\u{6A4}": "V", "\u{6A5}": "XF",
    // Not encoded: Maghribi letters that the Doc calls obsolete. The tatweel is a modifier letter.
    "\u{69C}": "", "\u{6A2}": "", "\u{6A7}": "", "\u{6A8}": "",
  ]
}
