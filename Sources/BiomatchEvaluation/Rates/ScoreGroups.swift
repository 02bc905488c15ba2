/// Comparisons sorted into groups of equal score.
struct ScoreGroups: Sendable {
  /// The score of each group, rising.
  private(set) var scores: [Double]
  private var genuine = Side()
  private var impostor = Side()

  /// The sources of the comparisons of one kind, those of one group side by side.
  ///
  /// Apart from scores and kinds, so that resampling, which passes over them thousands of times, reads
  /// eight bytes a comparison and never branches.
  private struct Side: Sendable {
    var pairs: [(first: UInt32, second: UInt32)] = []
    /// Where each group ends in `pairs`.
    var ends: [Int] = []

    /// Calls `body` with every group's number and how often its comparisons count.
    func forEachGroup(weights: [Int], _ body: (_ group: Int, _ weight: Int) -> Void) {
      var start = 0
      for (group, end) in ends.enumerated() {
        var sum = 0
        for pair in pairs[start..<end] {
          let weight = weights[Int(pair.first)]
          sum += pair.first == pair.second ? weight : weight * weights[Int(pair.second)]
        }
        body(group, sum)
        start = end
      }
    }
  }

  init(of comparisons: [ScoredComparison]) {
    scores = []
    for comparison in comparisons.sorted(by: { $0.score < $1.score }) {
      if comparison.score != scores.last {
        if !scores.isEmpty { endGroup() }
        scores.append(comparison.score)
      }
      let pair = (comparison.first, comparison.second)
      if comparison.isGenuine { genuine.pairs.append(pair) } else { impostor.pairs.append(pair) }
    }
    if !scores.isEmpty { endGroup() }
  }

  private mutating func endGroup() {
    genuine.ends.append(genuine.pairs.count)
    impostor.ends.append(impostor.pairs.count)
  }

  /// The counts by group.
  var counts: ErrorCounts {
    var counts = ErrorCounts(groups: scores.count)
    var start = (genuine: 0, impostor: 0)
    for (group, end) in zip(genuine.ends, impostor.ends).enumerated() {
      counts.add(genuine: end.0 - start.genuine, impostor: end.1 - start.impostor, to: group)
      start = end
    }
    return counts
  }

  /// The counts by group, behind groups that others fill, when a comparison within a subject counts as
  /// often as the subject's weight says, and one between two as often as the product does.
  func counts(weights: [Int], groupsBefore: Int = 0) -> ErrorCounts {
    var counts = ErrorCounts(groups: groupsBefore + scores.count)
    genuine.forEachGroup(weights: weights) {
      counts.add(genuine: $1, impostor: 0, to: groupsBefore + $0)
    }
    impostor.forEachGroup(weights: weights) {
      counts.add(genuine: 0, impostor: $1, to: groupsBefore + $0)
    }
    return counts
  }
}
