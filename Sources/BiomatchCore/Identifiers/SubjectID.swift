/// A person, under a pseudonym that the surrounding system chose.
///
/// One subject may have many samples, each with a ``ReferenceID`` of its own. Equality, hash and order
/// go by the bytes of the UTF-8 text: identifiers that merely look alike are different.
///
/// ```swift
/// let traveller = try SubjectID("case-2031/7")
/// ```
public struct SubjectID: Sendable, Hashable {
  private let text: IdentifierText

  /// The identifier with the given text.
  ///
  /// - Throws: ``IdentifierError`` when the text is empty, longer than 64 bytes of UTF-8 or holds
  ///   U+0000.
  public init(_ string: String) throws(IdentifierError) {
    text = try IdentifierText(string, kind: .subject)
  }

  /// The identifier whose text has the given bytes.
  ///
  /// - Throws: ``IdentifierError``, also when the bytes are not UTF-8.
  public init(utf8: some Sequence<UInt8>) throws(IdentifierError) {
    text = try IdentifierText(utf8: utf8, kind: .subject)
  }

  /// The text as given, never normalised.
  public var string: String { text.string }
}

extension SubjectID: Comparable {
  /// Whether the bytes of `lhs` come before those of `rhs` in lexicographic order.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.text < rhs.text }
}

extension SubjectID: Codable {
  /// Decodes from a plain string, by the rules of ``init(_:)``.
  public init(from decoder: any Decoder) throws {
    text = try IdentifierText(from: decoder, kind: .subject)
  }

  /// Encodes as a plain string.
  public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}

extension SubjectID: CustomStringConvertible {
  /// The text.
  public var description: String { string }
}
