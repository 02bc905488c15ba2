import BiomatchCrypto

/// The forms in which a key of 32 bytes is written.
enum KeyText {
  /// More than any form takes, with white space around it.
  static let limit = 4096

  /// The key in raw bytes, base64 or hexadecimal digits; `nil` for anything else.
  static func key(in text: [UInt8]) -> SecretBytes? {
    if text.count == MasterKey.size { return SecretBytes(copying: text) }
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let trimmed = text.drop(while: isSpace)
    let digits = trimmed.prefix(trimmed.count - trimmed.reversed().prefix(while: isSpace).count)
    let decoded =
      switch digits.count {
      case 2 * MasterKey.size: bits(of: digits, 4, hexadecimalValue)
      case 44 where digits.last == UInt8(ascii: "="): bits(of: digits.dropLast(), 6, base64Value)
      case 43: bits(of: digits, 6, base64Value)
      default: [UInt8]?.none
      }
    guard var decoded else { return nil }
    defer { overwrite(&decoded) }
    guard decoded.count == MasterKey.size else { return nil }
    return SecretBytes(copying: decoded)
  }

  /// The key in hexadecimal digits, with a line feed at the end.
  static func hexadecimal(_ key: RawSpan) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * key.byteCount + 1)
    for index in 0..<key.byteCount {
      let byte = key.unsafeLoad(fromByteOffset: index, as: UInt8.self)
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    text.append(UInt8(ascii: "\n"))
    return text
  }

  /// Overwrites bytes that were a secret.
  static func overwrite(_ bytes: inout [UInt8]) { _ = SecretBytes(moving: &bytes) }

  private static func bits(
    of digits: some Collection<UInt8>,
    _ width: Int,
    _ value: (UInt8) -> UInt8?
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count)
    var held = 0
    var count = 0
    for digit in digits {
      guard let value = value(digit) else { return nil }
      held = held << width | Int(value)
      count += width
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: held >> count))
        held &= 1 << count - 1
      }
    }
    return held == 0 ? bytes : nil
  }

  private static func hexadecimalValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func base64Value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
