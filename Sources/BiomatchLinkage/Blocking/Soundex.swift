/// The American Soundex code of a word: its first letter and three digits for the consonants that follow.
///
/// B F P V are 1, C G J K Q S X Z 2, D T 3, L 4, M N 5, R 6. Of neighbours with one digit the first
/// counts, the word's first letter included; H and W between them do not part them, other letters without
/// a digit do. Zeros fill up what is missing.
///
/// ```swift
/// Soundex.code(of: "ROBERT")    // "R163"
/// Soundex.code(of: "ASHCRAFT")  // "A261"
/// ```
///
/// Source: U.S. National Archives, "Soundex System: The Soundex Indexing System".
public enum Soundex {
  /// The code of a word in the letters A–Z; `nil` where it has none of them. Other characters are passed
  /// over.
  public static func code(of word: String) -> String? {
    let letters = word.utf8.filter { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
    guard let first = letters.first else { return nil }
    var code = [first]
    var last = digit(of: first)
    for letter in letters.dropFirst() where code.count < 4 {
      if letter == UInt8(ascii: "H") || letter == UInt8(ascii: "W") { continue }
      let digit = digit(of: letter)
      if digit != last, let digit { code.append(digit) }
      last = digit
    }
    code += repeatElement(UInt8(ascii: "0"), count: 4 - code.count)
    return String(decoding: code, as: UTF8.self)
  }

  private static func digit(of letter: UInt8) -> UInt8? {
    switch Unicode.Scalar(letter) {
    case "B", "F", "P", "V": UInt8(ascii: "1")
    case "C", "G", "J", "K", "Q", "S", "X", "Z": UInt8(ascii: "2")
    case "D", "T": UInt8(ascii: "3")
    case "L": UInt8(ascii: "4")
    case "M", "N": UInt8(ascii: "5")
    case "R": UInt8(ascii: "6")
    default: nil
    }
  }
}
