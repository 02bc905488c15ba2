/// False matches and false non-matches at every threshold: the staircase behind every error rate.
///
/// A comparison is accepted when its score reaches the threshold. Between two neighbouring scores
/// nothing changes, so the thresholds are the distinct scores, and one above all of them. A curve of
/// ``CountedScores`` passes over some of them.
public struct ErrorCurve: Sendable {
  /// The state at one threshold.
  public struct Point: Sendable, Hashable, Codable {
    /// The lowest accepted score; `nil` when every comparison is rejected.
    public var threshold: Double?
    /// The share of impostor comparisons that are accepted.
    public var falseMatchRate: Double
    /// The share of genuine comparisons that are rejected.
    public var falseNonMatchRate: Double
  }

  /// The scores from which on the counts are, rising: the distinct scores, or some of them.
  let thresholds: [Double]
  let counts: ErrorCounts

  /// The curve of a set. Complexity: O(n log n) in the number of comparisons.
  public init(of set: ScoreSet) {
    let groups = ScoreGroups(of: set.comparisons)
    self.init(thresholds: groups.scores, counts: groups.counts)
  }

  init(thresholds: [Double], counts: ErrorCounts) {
    self.thresholds = thresholds
    self.counts = counts
  }

  /// Every point, by rising threshold: FMR falls from 1 to 0 while FNMR rises from 0 to 1. Empty
  /// unless there are both genuine and impostor comparisons.
  public var points: [Point] {
    guard !counts.isEmpty else { return [] }
    var points: [Point] = []
    points.reserveCapacity(thresholds.count + 1)
    counts.forEachStep { index, misses, falseMatches in
      points.append(
        Point(
          threshold: index < thresholds.count ? thresholds[index] : nil,
          falseMatchRate: Double(falseMatches) / Double(counts.impostorTotal),
          falseNonMatchRate: Double(misses) / Double(counts.genuineTotal)
        )
      )
      return true
    }
    return points
  }
}
