import BiomatchCore

/// What tells linkage schemas apart: the SHA-256 of the schema that codes were made by.
///
/// Codes are compared only where their digests are equal: bits of other schemas mean other things.
public struct SchemaDigest: Sendable, Hashable {
  /// How many bytes a digest has.
  public static let byteCount = 32

  /// The digest.
  public let bytes: [UInt8]

  /// The digest of these 32 bytes; `nil` where there are more or fewer.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  /// The digest of 64 hexadecimal digits; `nil` for another text.
  public init?(hexadecimal text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count == 2 * Self.byteCount else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

extension SchemaDigest: CustomStringConvertible {
  /// 64 hexadecimal digits.
  public var description: String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
