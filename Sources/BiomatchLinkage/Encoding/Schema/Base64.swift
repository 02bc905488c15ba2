/// Bytes as text after RFC 4648, section 4, with padding.
package enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  /// The text of the bytes.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    append(bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Adds the text of the bytes.
  package static func append(_ bytes: some Collection<UInt8>, to text: inout [UInt8]) {
    var group: UInt32 = 0
    var count = 0
    for byte in bytes {
      group = group << 8 | UInt32(byte)
      count += 1
      guard count == 3 else { continue }
      for shift in [18, 12, 6, 0] as [UInt32] { text.append(digits[Int(group >> shift & 63)]) }
      group = 0
      count = 0
    }
    guard count > 0 else { return }
    group <<= UInt32(8 * (3 - count))
    text.append(digits[Int(group >> 18 & 63)])
    text.append(digits[Int(group >> 12 & 63)])
    text.append(count == 2 ? digits[Int(group >> 6 & 63)] : UInt8(ascii: "="))
    text.append(UInt8(ascii: "="))
  }

  /// The bytes of the text; `nil` when it is no base64, or bits beyond its bytes are set.
  package static func bytes(_ text: String) -> [UInt8]? {
    let text = Array(text.utf8)
    guard text.count.isMultiple(of: 4) else { return nil }
    let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
    var bytes: [UInt8] = []
    var group: UInt32 = 0
    for (index, digit) in text.dropLast(padding).enumerated() {
      guard let value = value(of: digit) else { return nil }
      group = group << 6 | value
      if index % 4 == 3 {
        for shift in [16, 8, 0] as [UInt32] { bytes.append(UInt8(group >> shift & 255)) }
        group = 0
      }
    }
    switch padding {
    case 1:
      guard group & 3 == 0 else { return nil }
      bytes += [UInt8(group >> 10 & 255), UInt8(group >> 2 & 255)]
    case 2:
      guard group & 15 == 0 else { return nil }
      bytes.append(UInt8(group >> 4 & 255))
    default: break
    }
    return bytes
  }

  private static func value(of digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - 65)
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - 71)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit + 4)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
