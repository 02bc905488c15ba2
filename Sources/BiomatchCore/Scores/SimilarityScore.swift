/// How alike two samples are, in the unit of the matcher that compared them: higher is more alike.
///
/// A fingerprint matcher gives whole numbers from 0 to 10,000, a face matcher a cosine. Scores of
/// different matchers do not compare; ``Evidence`` does. A score is always a finite number and never
/// a negative zero, so that equal scores have equal bytes.
public struct SimilarityScore: Sendable, Hashable {
  /// The score as a number.
  public let value: Float

  /// The score that a matcher computed; a value that is not finite is a programmer error.
  @inlinable
  public init(_ value: Float) {
    precondition(value.isFinite, "a similarity score must be a finite number")
    // Adding zero turns -0 into +0 and changes nothing else.
    self.value = value + 0
  }

  /// The score that somebody else states, in a file or as an option.
  ///
  /// - Throws: ``SimilarityScoreError`` when the value is NaN or infinite.
  public init(validating value: Float) throws(SimilarityScoreError) {
    guard value.isFinite else { throw .notFinite(value.description) }
    self.init(value)
  }
}

extension SimilarityScore: Comparable {
  /// Whether `lhs` is less alike than `rhs`.
  @inlinable
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.value < rhs.value }
}

extension SimilarityScore: CustomStringConvertible {
  /// The shortest decimal that reads back as the same score, without a fraction when it is whole:
  /// `412`, `0.3125`.
  public var description: String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension SimilarityScore: Codable {
  /// Decodes from a plain number, by the rules of ``init(validating:)``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(validating: container.decode(Float.self))
    } catch let error as SimilarityScoreError {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Encodes as a plain number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

/// Why a number cannot be a similarity score.
public enum SimilarityScoreError: BiomatchError, Hashable {
  /// The number is NaN or infinite.
  case notFinite(String)

  /// The stable dotted identifier of the rule.
  public var code: String { "score.not-finite" }

  /// Where the offending input is.
  public var location: ErrorLocation { ErrorLocation(field: "score") }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .notFinite(let found): "a similarity score must be a finite number, found \(found)"
    }
  }

  /// What the reader can do about it.
  public var remedy: String { "write a failed comparison as the lowest score, or leave it out" }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
