/// False matches and false non-matches at every threshold: the staircase behind every error rate.
///
/// A comparison is accepted when its score reaches the threshold. Between two neighbouring scores
/// nothing changes, so the thresholds are the distinct scores, and one above all of them.
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

  /// The distinct scores, rising.
  let thresholds: [Double]
  let counts: ErrorCounts

  /// The curve of a set. Complexity: O(n log n) in the number of comparisons.
  public init(of set: ScoreSet) {
    let groups = ScoreGroups(of: set)
    thresholds = groups.scores
    counts = groups.counts { _ in 1 }
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

/// Comparisons sorted into groups of equal score.
struct ScoreGroups: Sendable {
  /// The score of each group, rising.
  let scores: [Double]
  /// The comparisons, those of one group side by side.
  private let comparisons: [ScoredComparison]
  /// Where each group ends in `comparisons`.
  private let ends: [Int]

  init(of set: ScoreSet) {
    comparisons = set.comparisons.sorted { $0.score < $1.score }
    var scores: [Double] = []
    var ends: [Int] = []
    for (index, comparison) in comparisons.enumerated() {
      if comparison.score == scores.last {
        ends[ends.count - 1] = index + 1
      } else {
        scores.append(comparison.score)
        ends.append(index + 1)
      }
    }
    self.scores = scores
    self.ends = ends
  }

  /// The counts by group when each comparison counts as often as `weight` says.
  func counts(weight: (ScoredComparison) -> Int) -> ErrorCounts {
    var counts = ErrorCounts(groups: ends.count)
    var index = 0
    for (group, end) in ends.enumerated() {
      var genuine = 0
      var impostor = 0
      while index < end {
        let comparison = comparisons[index]
        let times = weight(comparison)
        if comparison.isGenuine { genuine += times } else { impostor += times }
        index += 1
      }
      counts.add(genuine: genuine, impostor: impostor, to: group)
    }
    return counts
  }
}

/// How many comparisons, genuine and impostor, have each of the rising scores.
struct ErrorCounts: Sendable {
  private var genuine: [Int]
  private var impostor: [Int]
  private(set) var genuineTotal = 0
  private(set) var impostorTotal = 0

  init(groups: Int) {
    genuine = Array(repeating: 0, count: groups)
    impostor = genuine
  }

  /// Whether a side is missing, so that there is no error rate.
  var isEmpty: Bool { genuineTotal == 0 || impostorTotal == 0 }

  mutating func add(genuine: Int, impostor: Int, to group: Int) {
    self.genuine[group] += genuine
    self.impostor[group] += impostor
    genuineTotal += genuine
    impostorTotal += impostor
  }

  /// Calls `body` with each threshold's number, from the lowest score to the one above all, and the
  /// numbers of rejected genuine and accepted impostor comparisons there, until it returns `false`.
  @inline(__always)
  func forEachStep(_ body: (_ index: Int, _ misses: Int, _ falseMatches: Int) -> Bool) {
    var misses = 0
    var falseMatches = impostorTotal
    for index in genuine.indices {
      guard body(index, misses, falseMatches) else { return }
      misses += genuine[index]
      falseMatches -= impostor[index]
    }
    _ = body(genuine.count, misses, falseMatches)
  }
}
