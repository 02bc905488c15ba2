/// The number of a document in the form in which numbers are compared: letters A–Z and digits only.
///
/// What else stands between them on a document, spaces, hyphens or the filler `<` of a
/// machine-readable zone, says nothing and is left out; small letters become capitals.
///
/// ```swift
/// try DocumentNumber("ab 123-456").string  // "AB123456"
/// ```
public struct DocumentNumber: Sendable, Hashable {
  /// The letters and digits.
  public let string: String

  /// The number in `text`, of any length.
  ///
  /// - Throws: ``DocumentNumberError`` when the text holds a letter or digit outside ASCII, or none.
  public init(_ text: String) throws(DocumentNumberError) {
    var bytes: [UInt8] = []
    for (offset, scalar) in text.unicodeScalars.enumerated() {
      switch scalar {
      case "0"..."9", "A"..."Z": bytes.append(UInt8(scalar.value))
      case "a"..."z": bytes.append(UInt8(scalar.value) - 32)
      default:
        guard !scalar.properties.isAlphabetic, scalar.properties.numericType == nil else {
          throw .character(scalar, offset: offset)
        }
      }
    }
    guard !bytes.isEmpty else { throw .empty }
    string = String(decoding: bytes, as: UTF8.self)
  }

  /// The number with one character for those that readers and typists take for one another: `0` for
  /// O, Q and D, `1` for I, `2` for Z, `5` for S, `6` for G, `8` for B.
  ///
  /// Equal numbers fold equally; different ones may.
  public var folded: String {
    String(decoding: string.utf8.map { OCRConfusion.digit(for: $0) ?? $0 }, as: UTF8.self)
  }
}

extension DocumentNumber: CustomStringConvertible {
  /// The letters and digits.
  public var description: String { string }
}

extension DocumentNumber: Codable {
  /// Decodes from a plain string, by the rules of ``init(_:)``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(container.decode(String.self))
    } catch let error as DocumentNumberError {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Encodes as a plain string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(string)
  }
}

/// Why a text is no document number.
public enum DocumentNumberError: BiomatchError, Hashable {
  /// The text has no letter and no digit.
  case empty
  /// The text has a letter or digit that is none of A–Z and 0–9.
  case character(Unicode.Scalar, offset: Int)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .empty: "document-number.empty"
    case .character: "document-number.character"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .empty: ErrorLocation(field: "document number")
    case .character(_, let offset): ErrorLocation(column: offset + 1, field: "document number")
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .empty: "a document number must have a letter or a digit"
    case .character(let scalar, _):
      "a document number must have nothing but letters A–Z and digits 0–9, found '\(scalar)'"
    }
  }

  /// What the reader can do about it.
  public var remedy: String { "write the number as in the document's machine-readable zone" }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
