/// Letters and digits that optical readers take for one another in OCR-B print.
package enum OCRConfusion {
  /// The digit that looks like an ASCII letter, if one does.
  package static func digit(for letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "O"), UInt8(ascii: "Q"), UInt8(ascii: "D"): UInt8(ascii: "0")
    case UInt8(ascii: "I"): UInt8(ascii: "1")
    case UInt8(ascii: "Z"): UInt8(ascii: "2")
    case UInt8(ascii: "S"): UInt8(ascii: "5")
    case UInt8(ascii: "G"): UInt8(ascii: "6")
    case UInt8(ascii: "B"): UInt8(ascii: "8")
    default: nil
    }
  }

  /// The letters that look like an ASCII digit.
  package static func letters(for digit: UInt8) -> [UInt8] {
    switch digit {
    case UInt8(ascii: "0"): [UInt8(ascii: "O"), UInt8(ascii: "Q"), UInt8(ascii: "D")]
    case UInt8(ascii: "1"): [UInt8(ascii: "I")]
    case UInt8(ascii: "2"): [UInt8(ascii: "Z")]
    case UInt8(ascii: "5"): [UInt8(ascii: "S")]
    case UInt8(ascii: "6"): [UInt8(ascii: "G")]
    case UInt8(ascii: "8"): [UInt8(ascii: "B")]
    default: []
    }
  }
}
