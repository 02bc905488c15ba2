/// Two records, one of each side, whose codes are alike.
public struct CandidatePair: Sendable, Hashable {
  private let rowA: UInt32
  private let rowB: UInt32
  /// How alike: the Dice coefficient, 0...1.
  public let score: Double

  /// A pair of rows, counted from zero.
  public init(a: Int, b: Int, score: Double) {
    rowA = UInt32(a)
    rowB = UInt32(b)
    self.score = score
  }

  /// The row of the first side.
  public var a: Int { Int(rowA) }
  /// The row of the second side.
  public var b: Int { Int(rowB) }

  /// Whether the pair comes before another by score, highest first, then by the rows of both sides: the
  /// order in which ``LinkageSolver`` takes pairs, and in which anonlink lists them.
  public func isBetter(than other: CandidatePair) -> Bool {
    if score != other.score { return score > other.score }
    return rowA != other.rowA ? rowA < other.rowA : rowB < other.rowB
  }

  /// Whether the pair comes before another in the list of a comparison: by the row of the first side,
  /// then by score, highest first, then by the row of the second side.
  func isListed(before other: CandidatePair) -> Bool {
    if rowA != other.rowA { return rowA < other.rowA }
    return score != other.score ? score > other.score : rowB < other.rowB
  }
}
