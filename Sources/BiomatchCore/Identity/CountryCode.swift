/// The code of a nationality or of an issuing State or organization: alpha-3 of ISO 3166-1, or one of
/// the additions of ICAO Doc 9303 part 3, section 5, `D` for Germany among them.
///
/// ```swift
/// let code = try CountryCode("XXB")
/// code.kind  // .refugee
/// code.name  // "Refugee (1951 Convention)"
/// ```
///
/// A well-formed code need not be one that is in use: lists grow. ``isKnown`` tells.
public struct CountryCode: Sendable, Hashable {
  /// The letters, one a byte, the first the most significant; zero bytes after them.
  private let letters: UInt32

  /// The code with one to three letters A–Z.
  ///
  /// - Throws: ``CountryCodeError``.
  public init(_ string: String) throws(CountryCodeError) {
    guard let code = Self(letters: string.utf8) else { throw .malformed(string) }
    self = code
  }

  /// The code with these ASCII letters, or `nil` unless they are one to three of A–Z.
  package init?(letters: some Collection<UInt8>) {
    guard (1...3).contains(letters.count) else { return nil }
    var packed: UInt32 = 0
    for letter in letters {
      guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) else { return nil }
      packed = packed << 8 | UInt32(letter)
    }
    self.letters = packed << (8 * UInt32(3 - letters.count))
  }

  /// The letters.
  public var string: String {
    var bytes: [UInt8] = []
    for shift: UInt32 in [16, 8, 0] {
      let letter = UInt8(truncatingIfNeeded: letters >> shift)
      if letter != 0 { bytes.append(letter) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the code is in the lists of ISO 3166-1, ISO 3166-3 or Doc 9303.
  public var isKnown: Bool { entry != nil }

  /// What the code stands for, in English, or `nil` when it is not known.
  public var name: String? { entry?.name }

  /// What sort of thing the code stands for, or `nil` when it is not known.
  public var kind: CountryKind? { entry?.kind }

  /// One code for those that mean the same State, for comparisons: `DEU` for `D`, `RKS` for the
  /// user-assigned `XKX` that many files have for Kosovo.
  public var canonical: CountryCode {
    switch string {
    case "D": CountryTable.germany
    case "XKX": CountryTable.kosovo
    default: self
    }
  }

  /// Every known code, in alphabetical order.
  public static var known: [CountryCode] { CountryTable.codes }

  private var entry: CountryTable.Entry? { CountryTable.entries[self] }
}

/// What a ``CountryCode`` stands for.
public enum CountryKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// A State or territory of ISO 3166-1, or Kosovo.
  case state
  /// A class of British nationals other than citizens.
  case britishNational = "british-national"
  /// An organization that issues documents.
  case organization
  /// A person of no State, as the 1954 Convention defines it.
  case stateless
  /// A refugee, by the 1951 Convention or otherwise.
  case refugee
  /// A person whose nationality is not stated.
  case unspecified
  /// A State or territory whose code ISO 3166-3 lists as withdrawn.
  case former
  /// Utopia, the State of specimens.
  case specimen
}

extension CountryCode: Comparable {
  /// Whether `lhs` comes before `rhs` in the alphabet.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.letters < rhs.letters }
}

extension CountryCode: CustomStringConvertible {
  /// The letters.
  public var description: String { string }
}

extension CountryCode: Codable {
  /// Decodes from a plain string, by the rules of ``init(_:)``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(container.decode(String.self))
    } catch let error as CountryCodeError {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Encodes as a plain string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(string)
  }
}
