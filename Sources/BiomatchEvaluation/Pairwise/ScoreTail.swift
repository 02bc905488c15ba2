/// The comparisons with high scores, and how many there are below: what it takes to count pairs anew with
/// other weights.
///
/// All figures of ``ErrorMetric`` but for the EER of a poor matcher lie where the FMR is a few per cent:
/// it would be a waste to resample the rest comparison by comparison.
struct ScoreTail: Sendable {
  private let groups: ScoreGroups
  private let pairs: SamplePairs
  private let genuineCounts: [Int]
  /// Whether there are no comparisons below.
  private let isWhole: Bool

  /// - Parameter depth: how many times as high as for any figure the FMR is where the tail begins.
  init(of scores: CountedScores, depth: Double) {
    pairs = scores.source.pairs
    genuineCounts = pairs.genuineCounts()
    let start = scores.tally.start(
      atDepth: depth,
      genuine: pairs.genuineCount,
      impostor: pairs.impostorCount
    )
    isWhole = start == 0
    groups = ScoreGroups(
      of: scores.source.comparisons(
        inBins: (0..<ScoreTally.binCount).map { $0 >= start },
        finished: { _ in }
      )
    )
  }

  /// The counts by group, behind one group for all comparisons below, when each comparison counts as
  /// often as its subjects' weights say; `nil` when a figure might lie below.
  func counts(weights: [Int]) -> ErrorCounts? {
    var counts = groups.counts(weights: weights, groupsBefore: 1)
    let genuine = zip(genuineCounts, weights).reduce(0) { $0 + $1.0 * $1.1 }
    counts.add(
      genuine: genuine - counts.genuineTotal,
      impostor: pairs.impostorWeight(weights) - counts.impostorTotal,
      to: 0
    )
    if isWhole || counts.isEmpty { return counts }
    return counts.rates(atStep: 1)?.areBelowAllFigures(depth: 1) == true ? counts : nil
  }
}

extension ScoreTally {
  /// The highest bin at whose lower end the FMR is more than `depth` times that of any figure; zero where
  /// there is none.
  fileprivate func start(atDepth depth: Double, genuine: Int, impostor: Int) -> Int {
    var counts = (genuine: 0, impostor: 0)
    for bin in stride(from: Self.binCount - 1, to: 0, by: -1) {
      counts.genuine += self.genuine[bin]
      counts.impostor += self.impostor[bin]
      let rates = ErrorCounts.Rates(
        misses: genuine - counts.genuine,
        of: genuine,
        falseMatches: counts.impostor,
        of: impostor
      )
      if rates.areBelowAllFigures(depth: depth) { return bin }
    }
    return 0
  }
}

extension ErrorCounts {
  /// FMR and FNMR at one threshold.
  fileprivate struct Rates {
    let falseNonMatch: Double
    let falseMatch: Double

    init(misses: Int, of genuine: Int, falseMatches: Int, of impostor: Int) {
      falseNonMatch = Double(misses) / Double(max(1, genuine))
      falseMatch = Double(falseMatches) / Double(max(1, impostor))
    }

    /// Whether every figure of ``ErrorMetric`` holds at thresholds above this one, where the FMR is more
    /// than `depth` times that of any figure.
    func areBelowAllFigures(depth: Double) -> Bool {
      let highest = ErrorMetric.allCases.compactMap(\.falseMatchRate).reduce(0, max)
      return falseMatch > depth * max(falseNonMatch, highest)
    }
  }

  /// The rates at the threshold of that number.
  fileprivate func rates(atStep step: Int) -> Rates? {
    var rates: Rates?
    forEachStep { index, misses, falseMatches in
      guard index == step else { return true }
      rates = Rates(misses: misses, of: genuineTotal, falseMatches: falseMatches, of: impostorTotal)
      return false
    }
    return rates
  }
}
