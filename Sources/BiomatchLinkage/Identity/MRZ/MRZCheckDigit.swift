/// The check digits of machine-readable zones: values times 7, 3, 1, 7, 3, 1 …, summed, modulo 10
/// (ICAO Doc 9303 part 3, section 4.9).
///
/// One wrong character goes unnoticed when its value differs by a multiple of ten: 0, A, K, U and the
/// filler are one to it, so are 1, B, L, V and so on, and 6 and G.
public enum MRZCheckDigit {
  /// The check digit of a text of letters A–Z, digits and fillers; `nil` for any other text.
  ///
  /// ```swift
  /// MRZCheckDigit.of("L898902C3")  // 6
  /// ```
  public static func of(_ text: String) -> Int? {
    var sum = MRZCheckSum()
    for byte in text.utf8 {
      guard MRZCharacter.isValid(byte) else { return nil }
      sum.add(byte)
    }
    return sum.digit
  }
}

/// A check digit in the making.
struct MRZCheckSum {
  private var sum = 0
  private var index = 0

  /// Adds a character of the zone's alphabet.
  mutating func add(_ byte: UInt8) {
    sum += MRZCharacter.value(of: byte) * Self.weight(at: index)
    index = index == 2 ? 0 : index + 1
  }

  mutating func add(_ bytes: [UInt8], _ range: Range<Int>) {
    for offset in range { add(bytes[offset]) }
  }

  var digit: Int { sum % 10 }

  static func weight(at index: Int) -> Int {
    switch index % 3 {
    case 0: 7
    case 1: 3
    default: 1
    }
  }
}

/// The alphabet of machine-readable zones, as ASCII.
enum MRZCharacter {
  static let filler = UInt8(ascii: "<")

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  static func isValid(_ byte: UInt8) -> Bool {
    isCapital(byte) || isDigit(byte) || byte == filler
  }

  /// 0...9 for digits, 10...35 for letters, 0 for the filler.
  static func value(of byte: UInt8) -> Int {
    if isDigit(byte) { return Int(byte - UInt8(ascii: "0")) }
    return byte == filler ? 0 : Int(byte - UInt8(ascii: "A")) + 10
  }

  static func digit(_ value: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(value) }
}
