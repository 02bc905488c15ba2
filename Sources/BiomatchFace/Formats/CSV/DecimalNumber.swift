/// Numbers in decimal notation, as every program writes them: `-1.5`, `.5`, `1e-05`; also `nan` and
/// `inf`.
enum DecimalNumber {
  /// The 32-bit number nearest to the one in the text, ties to even; `nil` when that is no number.
  ///
  /// Spaces around it do not count. A number out of range is infinite, of any size below it zero.
  static func float(_ text: ArraySlice<UInt8>) -> Float? {
    var scan = Scan(text: text, position: text.startIndex)
    scan.skipSpaces()
    let isNegative = scan.skipSign()
    let number = scan.position
    guard scan.digits() else {
      let word = String(decoding: text[number...], as: UTF8.self).lowercased()
      return switch word.prefix(while: { $0 != " " }) {
      case "nan": .nan
      case "inf", "infinity": isNegative ? -.infinity : .infinity
      default: nil
      }
    }
    let end = scan.position
    scan.skipSpaces()
    guard scan.isAtEnd else { return nil }
    let magnitude =
      fast(scan.mantissa, exponent: scan.exponent)
      ?? Float(String(decoding: text[number..<end], as: UTF8.self))
    return magnitude.map { isNegative ? -$0 : $0 }
  }

  /// The 32-bit number nearest to mantissa times a power of ten, or `nil` where it is not certain.
  ///
  /// The 64-bit result is off by a few units of its last place: the mantissa may lack digits behind the
  /// first 18, is rounded to 53 bits, and is multiplied or divided by powers that are exact, with a
  /// rounding each time. Rounded to 32 bits this gives the right number unless it is as near as that
  /// to the middle between two. After D. Gay, "Correctly rounded binary-decimal and decimal-binary
  /// conversions", 1990, which starts from the same bound.
  @inline(__always)
  private static func fast(_ mantissa: UInt64, exponent: Int) -> Float? {
    if mantissa == 0 { return 0 }
    guard abs(exponent) <= 2 * 22 else { return nil }
    var value = Double(mantissa)
    if exponent < 0 {
      value /= power(min(-exponent, 22))
      if exponent < -22 { value /= power(-exponent - 22) }
    } else {
      value *= power(min(exponent, 22))
      if exponent > 22 { value *= power(exponent - 22) }
    }
    let toMiddle = Int64(value.bitPattern & 0x1FFF_FFFF) - 0x1000_0000
    let range = Double(Float.leastNormalMagnitude)...Double(Float.greatestFiniteMagnitude)
    guard range.contains(value), toMiddle.magnitude > 16 else { return nil }
    return Float(value)
  }

  private static func power(_ exponent: Int) -> Double { powers[exponent] }

  /// The powers of ten that 64 bits hold exactly.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

/// Reads a decimal number from left to right.
private struct Scan {
  let text: ArraySlice<UInt8>
  var position: Int
  /// The first digits that are not zero, as many as fit.
  var mantissa: UInt64 = 0
  /// The power of ten that belongs to them.
  var exponent = 0

  var isAtEnd: Bool { position == text.endIndex }

  mutating func skipSpaces() {
    while position < text.endIndex, text[position] == UInt8(ascii: " ") { position += 1 }
  }

  /// Passes over a sign; `true` for minus.
  mutating func skipSign() -> Bool {
    guard position < text.endIndex else { return false }
    let isNegative = text[position] == UInt8(ascii: "-")
    if isNegative || text[position] == UInt8(ascii: "+") { position += 1 }
    return isNegative
  }

  /// Reads digits, a point among them, and an exponent; `false` when there is no digit.
  @inline(__always)
  mutating func digits() -> Bool {
    let start = position
    while let digit = nextDigit {
      if mantissa < Self.full { mantissa = 10 * mantissa + digit } else { exponent += 1 }
      position += 1
    }
    var count = position - start
    if position < text.endIndex, text[position] == UInt8(ascii: ".") {
      position += 1
      while let digit = nextDigit {
        if mantissa < Self.full {
          mantissa = 10 * mantissa + digit
          exponent -= 1
        }
        position += 1
        count += 1
      }
    }
    if count > 0 { power() }
    return count > 0
  }

  private mutating func power() {
    guard position < text.endIndex, text[position] | 0x20 == UInt8(ascii: "e") else { return }
    let start = position
    position += 1
    let isNegative = skipSign()
    guard nextDigit != nil else {
      position = start
      return
    }
    var power = 0
    while let digit = nextDigit {
      // Beyond that every number is out of range; a text of a megabyte cannot make it up.
      power = min(10 * power + Int(digit), 1 << 40)
      position += 1
    }
    exponent += isNegative ? -power : power
  }

  /// With so large a mantissa another digit might not fit.
  private static let full: UInt64 = 1_000_000_000_000_000_000

  @inline(__always)
  private var nextDigit: UInt64? {
    guard position < text.endIndex else { return nil }
    let digit = text[position] &- UInt8(ascii: "0")
    return digit <= 9 ? UInt64(digit) : nil
  }
}
