import BiomatchCore

/// The short name of a list or a category: 1 to 64 bytes of UTF-8 without control characters,
/// compared byte by byte.
public struct Label: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  /// The text.
  public let string: String

  /// The label of that text.
  ///
  /// - Throws: ``GalleryError/label(_:)``.
  public init(_ string: String) throws(GalleryError) {
    guard (1...64).contains(string.utf8.count),
      !string.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
    else { throw .label(string) }
    self.string = string
  }

  /// Decodes from a plain string.
  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  /// Encodes as a plain string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(string)
  }

  /// The text.
  public var description: String { string }

  /// Whether the bytes of `lhs` come before those of `rhs`.
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.string.utf8.lexicographicallyPrecedes(rhs.string.utf8)
  }

  /// Whether the bytes are the same.
  public static func == (lhs: Self, rhs: Self) -> Bool {
    lhs.string.utf8.elementsEqual(rhs.string.utf8)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    for byte in string.utf8 { hasher.combine(byte) }
  }
}
