/// Bytes in hexadecimal digits, for texts that are not secret.
package enum Hexadecimal {
  /// Two lower-case digits a byte.
  package static func text(_ bytes: [UInt8]) -> String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  /// The bytes that the digits write; `nil` for any other text.
  package static func bytes(_ text: String) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 2),
      text.unicodeScalars.allSatisfy(\.properties.isASCIIHexDigit)
    else { return nil }
    return stride(from: 0, to: characters.count, by: 2).compactMap {
      UInt8(String(decoding: characters[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
  }
}
