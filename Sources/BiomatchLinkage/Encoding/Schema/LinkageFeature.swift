/// A column of the table, and what it adds to a code.
public struct LinkageFeature: Sendable, Hashable {
  /// The column's name.
  public var identifier: String
  /// How its values are encoded; `nil` for a column that is not.
  public var encoding: FeatureEncoding?

  /// The feature with the given parts.
  public init(_ identifier: String, _ encoding: FeatureEncoding?) {
    self.identifier = identifier
    self.encoding = encoding
  }
}

/// How the values of a feature are encoded.
public struct FeatureEncoding: Sendable, Hashable {
  /// What a value must look like.
  public var format: FeatureFormat
  /// What tokens a value is cut into, which decides what counts as similar.
  public var comparison: TokenComparison
  /// How many bits the tokens set.
  public var strategy: TokenStrategy
  /// How a token becomes bits.
  public var hash: TokenHash
  /// What stands for a value that is not there.
  public var missingValue: MissingValue?

  /// The encoding with the given parts.
  public init(
    format: FeatureFormat,
    comparison: TokenComparison,
    strategy: TokenStrategy,
    hash: TokenHash = .blake,
    missingValue: MissingValue? = nil
  ) {
    self.format = format
    self.comparison = comparison
    self.strategy = strategy
    self.hash = hash
    self.missingValue = missingValue
  }

  /// How characters become bytes; other formats than texts have UTF-8.
  public var characters: CharacterEncoding {
    switch format {
    case .text(let text): text.characters
    case .pattern(_, let characters): characters
    case .integer, .date, .values: .utf8
    }
  }
}

/// What a value must look like.
public enum FeatureFormat: Sendable, Hashable {
  /// A text of some length and case.
  case text(TextFormat)
  /// A text that matches a regular expression as a whole.
  case pattern(TextPattern, CharacterEncoding)
  /// A whole number within the bounds; it is encoded without spaces, plus sign and leading zeros.
  case integer(minimum: Int?, maximum: Int?)
  /// A date; it is encoded as `YYYYMMDD`.
  case date(DateFormat)
  /// One of these texts.
  case values([String])
}

extension FeatureFormat {
  /// Values in the order of their bytes: their order in a schema means nothing.
  static func ordered(_ values: [String]) -> [String] {
    values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// A text of some length and case.
public struct TextFormat: Sendable, Hashable {
  /// The case of letters.
  public enum LetterCase: String, Sendable, Hashable, CaseIterable {
    /// Upper case.
    case upper
    /// Lower case.
    case lower
    /// Any.
    case mixed
  }

  /// How characters become bytes.
  public var characters: CharacterEncoding
  /// The case of letters.
  public var letterCase: LetterCase
  /// The fewest characters (Unicode scalars); `nil` for any.
  public var minimumLength: Int?
  /// The most characters (Unicode scalars); `nil` for any.
  public var maximumLength: Int?

  /// The given format; by default any text.
  public init(
    characters: CharacterEncoding = .utf8,
    letterCase: LetterCase = .mixed,
    minimumLength: Int? = nil,
    maximumLength: Int? = nil
  ) {
    self.characters = characters
    self.letterCase = letterCase
    self.minimumLength = minimumLength
    self.maximumLength = maximumLength
  }
}

/// How the characters of a token become bytes before they are hashed.
public enum CharacterEncoding: String, Sendable, Hashable, CaseIterable {
  /// ASCII, and nothing else.
  case ascii
  /// UTF-8.
  case utf8 = "utf-8"
  /// UTF-16, little-endian, with a byte-order mark before each token.
  case utf16 = "utf-16"
  /// UTF-32, little-endian, with a byte-order mark before each token.
  case utf32 = "utf-32"
}

/// What tokens a value is cut into. A value without characters has none.
public enum TokenComparison: Sendable, Hashable {
  /// All runs of `n` characters, with `n - 1` spaces before and behind the value; with its number
  /// before each where `positional`. Values are similar that share many.
  case ngrams(n: Int, positional: Bool)
  /// The value: equal or not.
  case exact
  /// Numbers near the value, so that near values share some.
  case numeric(NumericNeighbourhood)
}

/// How many bits the tokens set.
public enum TokenStrategy: Sendable, Hashable {
  /// So many for each token: long values set more.
  case bitsPerToken(Int)
  /// So many for all tokens of the feature together, shared among them.
  case bitsPerFeature(Int)
}

/// How a token becomes bits.
public enum TokenHash: Sendable, Hashable {
  /// Keyed BLAKE2b, cut into numbers of 16 bits.
  case blake
  /// Two numbers by HMAC-SHA-1 and HMAC-MD5, whose sums with multiples are the bits. Without
  /// `preventSingularity` a token in `bits` sets a single bit.
  case double(preventSingularity: Bool)
}

/// What stands for a value that is not there.
public struct MissingValue: Sendable, Hashable {
  /// The text in the table.
  public var sentinel: String
  /// What is encoded instead.
  public var replacement: String

  /// The given texts; without a replacement the sentinel itself is encoded.
  public init(sentinel: String, replacement: String? = nil) {
    self.sentinel = sentinel
    self.replacement = replacement ?? sentinel
  }
}
