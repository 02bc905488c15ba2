/// How far the pairs of a search came.
public struct ScanCounts: Sendable, Hashable, Codable {
  /// Pairs of a probe and a reference that were looked at.
  public var pairs = 0
  /// Of these, those that passed the first gate.
  public var pastFirstGate = 0
  /// Of these, those that passed the second gate and were matched in full.
  public var pastSecondGate = 0

  /// Adds the counts of another part of a search.
  public static func += (sum: inout ScanCounts, part: ScanCounts) {
    sum.pairs += part.pairs
    sum.pastFirstGate += part.pastFirstGate
    sum.pastSecondGate += part.pastSecondGate
  }
}
