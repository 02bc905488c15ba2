/// Names the exact parameters, or the model, by which scores and stored descriptors came about.
///
/// Descriptors and calibrations are comparable only with those of equal digest. The digest guards
/// against mistakes, not against attackers: ``init(of:)`` is not a cryptographic hash.
public struct ParameterDigest: Sendable, Hashable {
  /// The digest's bytes, at most 32.
  public let bytes: [UInt8]

  /// The digest of `parameters` by FNV-1a with 128 bits.
  ///
  /// Source: Fowler, Noll, Vo, Eastlake, Hansen, "The FNV Non-Cryptographic Hash Algorithm",
  /// RFC 9923, doi:10.17487/RFC9923. The 16 bytes have the most significant one first.
  public init(of parameters: some Sequence<UInt8>) {
    var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
    for byte in parameters {
      hash ^= UInt128(byte)
      hash &*= 0x0000_0000_0100_0000_0000_0000_0000_013B
    }
    bytes = (0..<16).reversed().map { UInt8(truncatingIfNeeded: hash >> UInt128(8 * $0)) }
  }

  /// The digest with the given bytes, `nil` unless there are 8, 16 or 32 of them.
  public init?(bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard [8, 16, 32].contains(bytes.count) else { return nil }
    self.bytes = bytes
  }

  /// The digest written as 16, 32 or 64 hexadecimal digits of either case, `nil` for another text.
  public init?(hex: String) {
    let digits = Array(hex.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Self.value(ofDigit: digits[index]),
        let low = Self.value(ofDigit: digits[index + 1])
      else { return nil }
      bytes.append(high << 4 | low)
    }
    self.init(bytes: bytes)
  }

  /// The bytes as lower-case hexadecimal digits.
  public var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  private static func value(ofDigit digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension ParameterDigest: CustomStringConvertible {
  /// The same as ``hex``.
  public var description: String { hex }
}

extension ParameterDigest: Codable {
  /// Decodes from a string of hexadecimal digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let digest = Self(hex: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "a parameter digest has 16, 32 or 64 hexadecimal digits"
      )
    }
    self = digest
  }

  /// Encodes as a string of hexadecimal digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
