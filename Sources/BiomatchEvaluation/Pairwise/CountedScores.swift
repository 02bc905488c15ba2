/// The scores of pairs, counted: one by one where a figure of ``ErrorMetric`` depends on it, by narrow
/// intervals elsewhere.
///
/// Two passes over the pairs do that in memory that does not grow with them. The first counts by
/// intervals, which tells in which of them FMR and FNMR cross or the FMR falls to a rate; the second
/// keeps the scores in those. All figures are exact.
public struct CountedScores: Sendable {
  /// The scores that were counted.
  public let source: PairwiseScores
  /// FMR and FNMR at the lower ends of the intervals, and at every score near a figure.
  public let curve: ErrorCurve
  let tally: ScoreTally

  /// Counts scores.
  ///
  /// - Parameter finished: called with numbers of steps that are done, from any thread; see
  ///   ``steps(for:)``.
  /// - Complexity: each pair is compared twice.
  public init(
    _ source: PairwiseScores,
    finished: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.source = source
    tally = source.tally(finished: finished)
    let isExact = tally.binsNearFigures()
    let exact = ScoreGroups(of: source.comparisons(inBins: isExact, finished: finished))
    curve = ErrorCurve(of: tally, exactly: exact, inBins: isExact)
  }

  /// How many steps it takes to count scores.
  public static func steps(for source: PairwiseScores) -> Int { 2 * source.blockCount }
}

extension ScoreTally {
  /// The bins with scores, rising.
  var bins: [Int] { genuine.indices.filter { genuine[$0] + impostor[$0] > 0 } }

  /// For each bin, whether it or its neighbour among those with scores may have the threshold of a
  /// figure.
  fileprivate func binsNearFigures() -> [Bool] {
    let bins = bins
    var counts = ErrorCounts(groups: bins.count)
    for (group, bin) in bins.enumerated() {
      counts.add(genuine: genuine[bin], impostor: impostor[bin], to: group)
    }
    var isNear = Array(repeating: false, count: Self.binCount)
    for (_, reading) in counts.readings(where: counts.supports) {
      for group in reading.step - 1...reading.step + 1 where bins.indices.contains(group) {
        isNear[bins[group]] = true
      }
    }
    return isNear
  }
}

extension ErrorCurve {
  /// A curve of a tally's bins, but for those whose scores are given one by one.
  fileprivate init(of tally: ScoreTally, exactly exact: ScoreGroups, inBins isExact: [Bool]) {
    let bins = tally.bins.filter { !isExact[$0] }
    var thresholds = bins.map { Double(ScoreTally.lowestScore(ofBin: $0)) }
    var groups = bins.map { (genuine: tally.genuine[$0], impostor: tally.impostor[$0]) }
    thresholds += exact.scores
    groups += exact.counts.groups
    let order = thresholds.indices.sorted { thresholds[$0] < thresholds[$1] }
    var counts = ErrorCounts(groups: order.count)
    for (place, group) in order.enumerated() {
      counts.add(genuine: groups[group].genuine, impostor: groups[group].impostor, to: place)
    }
    self.init(thresholds: order.map { thresholds[$0] }, counts: counts)
  }
}
