import BiomatchCore

/// The name of a person as the machine-readable zone of a document has it: components of letters A–Z
/// in a primary and a secondary identifier (ICAO Doc 9303 part 3, section 4.6).
///
/// ```swift
/// let name = try PersonName(primary: "Smith-Jones", secondary: "Susie Margaret")
/// name.primary    // ["SMITH", "JONES"]
/// name.secondary  // ["SUSIE", "MARGARET"]
/// ```
///
/// The primary identifier is what the issuing State files the name under, most often the surname.
/// A name that is one part only is all primary.
public struct PersonName: Sendable, Hashable, Codable {
  /// The components of the primary identifier; at least one.
  public let primary: [String]
  /// The components of the secondary identifier, given names most often; may be none.
  public let secondary: [String]

  /// The name with the given components, each one or more letters A–Z.
  ///
  /// - Throws: ``PersonNameError``.
  public init(components primary: [String], _ secondary: [String] = []) throws(PersonNameError) {
    for component in primary + secondary {
      guard !component.isEmpty, component.utf8.allSatisfy(isCapital) else {
        throw .component(component)
      }
    }
    guard !primary.isEmpty else { throw .empty }
    self.primary = primary
    self.secondary = secondary
  }

  /// The components as the zone has them; only for those that are known to be well-formed.
  init(wellFormed primary: [String], _ secondary: [String]) {
    self.primary = primary
    self.secondary = secondary
  }

  /// The name that two texts write, in any script that `transliterator` knows.
  ///
  /// A secondary identifier without a primary one becomes the primary. Titles before a name and
  /// suffixes behind it (DR, SIR, JR, III and the like) are left out unless told otherwise: they belong
  /// into a zone only where they are legally part of the name, and then into its secondary identifier.
  ///
  /// - Parameters:
  ///   - primary: the primary identifier, for example the surname.
  ///   - secondary: the secondary identifier; may be empty.
  ///   - titles: what becomes of titles and suffixes.
  /// - Throws: ``PersonNameError`` for digits, for letters that no table has, and when nothing is left.
  public init(
    primary: String,
    secondary: String = "",
    transliterator: Transliterator = Transliterator(),
    titles: NameTitles = .omitted
  ) throws(PersonNameError) {
    let first = try Self.components(primary, transliterator, field: "primary identifier")
    let second = try Self.components(secondary, transliterator, field: "secondary identifier")
    try self.init(titles.applied(to: first, second))
  }

  /// The name as the page of a document has it, the identifiers separated by the first comma:
  /// `ERIKSSON, ANNA MARIA`. Without a comma all is primary.
  ///
  /// - Throws: ``PersonNameError``, as ``init(primary:secondary:transliterator:titles:)`` does.
  public init(
    visual text: String,
    transliterator: Transliterator = Transliterator(),
    titles: NameTitles = .omitted
  ) throws(PersonNameError) {
    let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    try self.init(
      primary: String(parts[0]),
      secondary: parts.count > 1 ? String(parts[1]) : "",
      transliterator: transliterator,
      titles: titles
    )
  }

  private init(_ parts: (primary: [String], secondary: [String])) throws(PersonNameError) {
    if parts.primary.isEmpty {
      try self.init(components: parts.secondary)
    } else {
      try self.init(components: parts.primary, parts.secondary)
    }
  }

  private static func components(
    _ text: String,
    _ transliterator: Transliterator,
    field: String
  ) throws(PersonNameError) -> [String] {
    let result = transliterator.transliterate(text)
    guard let omission = result.omissions.first else { return result.components }
    let place = ErrorLocation(column: omission.offset + 1, field: field)
    switch omission.scalar.properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: throw .digit(omission.scalar, at: place)
    default: throw .letter(omission.scalar, at: place)
    }
  }
}

extension PersonName {
  /// Decodes both identifiers, by the rules of ``init(components:_:)``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    do {
      try self.init(
        components: container.decode([String].self, forKey: .primary),
        container.decode([String].self, forKey: .secondary)
      )
    } catch let error as PersonNameError {
      throw DecodingError.dataCorruptedError(
        forKey: .primary,
        in: container,
        debugDescription: error.description
      )
    }
  }

  private enum CodingKeys: String, CodingKey { case primary, secondary }
}

extension PersonName: CustomStringConvertible {
  /// `PRIMARY, SECONDARY`, components separated by spaces.
  public var description: String {
    let first = primary.joined(separator: " ")
    return secondary.isEmpty ? first : "\(first), \(secondary.joined(separator: " "))"
  }
}

/// Whether an ASCII character is one of A–Z.
func isCapital(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
