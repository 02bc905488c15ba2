/// One stored sample, a finger impression or a face for example, unique in its index.
///
/// Equality, hash and order go by the bytes of the UTF-8 text: identifiers that merely look alike are
/// different. Where two samples score alike, the one with the lower `ReferenceID` is listed first.
///
/// ```swift
/// let impression = try ReferenceID("case-2031/7/right-index/1")
/// ```
public struct ReferenceID: Sendable, Hashable {
  private let text: IdentifierText

  /// The identifier with the given text.
  ///
  /// - Throws: ``IdentifierError`` when the text is empty, longer than 64 bytes of UTF-8 or holds
  ///   U+0000.
  public init(_ string: String) throws(IdentifierError) {
    text = try IdentifierText(string, kind: .reference)
  }

  /// The identifier whose text has the given bytes.
  ///
  /// - Throws: ``IdentifierError``, also when the bytes are not UTF-8.
  public init(utf8: some Sequence<UInt8>) throws(IdentifierError) {
    text = try IdentifierText(utf8: utf8, kind: .reference)
  }

  /// The text as given, never normalised.
  public var string: String { text.string }
}

extension ReferenceID: Comparable {
  /// Whether the bytes of `lhs` come before those of `rhs` in lexicographic order.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.text < rhs.text }
}

extension ReferenceID: Codable {
  /// Decodes from a plain string, by the rules of ``init(_:)``.
  public init(from decoder: any Decoder) throws {
    text = try IdentifierText(from: decoder, kind: .reference)
  }

  /// Encodes as a plain string.
  public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}

extension ReferenceID: CustomStringConvertible {
  /// The text.
  public var description: String { string }
}
