/// Numbers as Python reads them, which decides what clkhash accepts: spaces around, a sign, digits of
/// any script, and single underscores between digits.
enum PythonNumber {
  private static let mostDigits = 4300

  /// A whole number in its shortest form: digits without leading zeros, and a minus where it is
  /// negative.
  static func integer(_ text: [UInt32]) -> String? {
    guard let (negative, digits) = magnitude(text) else { return nil }
    let significant = digits.drop { $0 == 0x30 }
    if significant.isEmpty { return "0" }
    return (negative ? "-" : "") + String(decoding: significant, as: UTF8.self)
  }

  /// A number with a fraction or an exponent.
  static func real(_ text: [UInt32]) -> Double? {
    guard let text = ascii(text) else { return nil }
    var kept: [UInt8] = []
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: "_") {
        guard index > 0, index + 1 < text.count, isDigit(text[index - 1]),
          isDigit(text[index + 1])
        else { return nil }
      } else {
        kept.append(byte)
      }
    }
    var rest = kept[...]
    if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      rest = rest.dropFirst()
    }
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      fraction = rest.prefix(while: isDigit).count
      rest = rest.dropFirst(fraction)
    }
    guard whole.count + fraction > 0 else { return nil }
    if let exponent = rest.first, exponent | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      let digits = rest.prefix(while: isDigit).count
      guard digits > 0 else { return nil }
      rest = rest.dropFirst(digits)
    }
    guard rest.isEmpty, kept.count <= mostDigits else { return nil }
    return Double(String(decoding: kept, as: UTF8.self))
  }

  private static func magnitude(_ text: [UInt32]) -> (Bool, [UInt8])? {
    guard var text = ascii(text)?[...] else { return nil }
    let negative = text.first == UInt8(ascii: "-")
    if negative || text.first == UInt8(ascii: "+") { text = text.dropFirst() }
    var digits: [UInt8] = []
    var mayUnderscore = false
    for byte in text {
      if byte == UInt8(ascii: "_") {
        guard mayUnderscore else { return nil }
        mayUnderscore = false
      } else {
        guard isDigit(byte) else { return nil }
        digits.append(byte)
        mayUnderscore = true
      }
    }
    guard mayUnderscore, digits.count <= mostDigits else { return nil }
    return (negative, digits)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

  /// The text in ASCII, without the spaces around it.
  private static func ascii(_ text: [UInt32]) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for value in text {
      if value < 0x80 {
        bytes.append(isSpace(value) ? 0x20 : UInt8(value))
      } else if isSpace(value) {
        bytes.append(0x20)
      } else {
        guard let digit = PythonCharacter.decimal(value) else { return nil }
        bytes.append(0x30 + UInt8(digit))
      }
    }
    let trimmed = bytes.drop { $0 == 0x20 }
    let count = trimmed.reversed().drop { $0 == 0x20 }.count
    return Array(trimmed.prefix(count))
  }

  private static func isSpace(_ value: UInt32) -> Bool { PythonCharacter.isSpace(value) }
}

/// Classes of characters as Python tells them apart.
enum PythonCharacter {
  /// `str.isspace`.
  static func isSpace(_ value: UInt32) -> Bool {
    switch value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F,
      0x205F, 0x3000:
      true
    default: false
    }
  }

  /// The value of a decimal digit of any script.
  static func decimal(_ value: UInt32) -> Int? {
    if value < 0x80 { return 0x30...0x39 ~= value ? Int(value - 0x30) : nil }
    guard let properties = Unicode.Scalar(value)?.properties, properties.numericType == .decimal
    else { return nil }
    return properties.numericValue.map { Int($0) }
  }

  /// What a regular expression calls a word character.
  static func isWord(_ value: UInt32) -> Bool {
    if value < 0x80 {
      return 0x30...0x39 ~= value || 0x61...0x7A ~= value | 0x20 || value == 0x5F
    }
    guard let properties = Unicode.Scalar(value)?.properties else { return false }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return properties.numericType != nil
    }
  }
}
