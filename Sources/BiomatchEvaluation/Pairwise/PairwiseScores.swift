import BiomatchCore
import Synchronization

/// The scores of pairs of samples, computed whenever they are needed and never kept all at once.
///
/// ```swift
/// let pairs = SamplePairs(of: SampleGroups(labels: labels))
/// let scores = PairwiseScores(name: "gate 4", pairs: pairs) { position, others in
///   matcher.scores(of: vectors, position, with: vectors, rows: others)
/// }
/// let result = EvaluationResult(of: CountedScores(scores))
/// ```
public struct PairwiseScores: Sendable {
  /// Compares the sample at a position with those at others, which follow one another: one score each,
  /// in their order.
  public typealias Comparison = @Sendable (_ position: Int, _ others: Range<Int>) -> [Float]

  /// What the comparisons are called in results.
  public let name: String
  /// Which pairs are compared.
  public let pairs: SamplePairs
  let threads: Int
  private let compare: Comparison

  /// Scores of the given pairs.
  ///
  /// - Parameters:
  ///   - threads: how many compute; all processors unless told. No result depends on it.
  ///   - compare: how samples are compared, the same whenever it is asked, with finite scores. Positions
  ///     are those of the pairs' ``SampleGroups``.
  public init(
    name: String,
    pairs: SamplePairs,
    threads: Int = ParallelScan.processorCount,
    compare: @escaping Comparison
  ) {
    self.name = name
    self.pairs = pairs
    self.threads = threads
    self.compare = compare
  }

  /// How many blocks the comparisons come in; they take about the same time each.
  public var blockCount: Int { pairs.blockCount }

  /// Makes the comparisons of a block.
  ///
  /// - Parameter body: called with a position, others behind it that follow one another, whether all
  ///   are of its subject, and the scores. Every pair comes once, in an order that never changes.
  public func forEachRun(
    inBlock block: Int,
    _ body: (
      _ position: Int, _ others: Range<Int>, _ isGenuine: Bool, _ scores: [Float]
    ) throws -> Void
  ) rethrows {
    try pairs.forEachRun(inBlock: block) { position, others, isGenuine in
      try body(position, others, isGenuine, compare(position, others))
    }
  }

  /// Counts all scores by narrow intervals.
  func tally(finished: @escaping @Sendable (Int) -> Void) -> ScoreTally {
    // A tally is too large to keep one for each block: a few lanes take turns.
    let lanes = max(1, min(blockCount, 4 * threads))
    let sum = Mutex(ScoreTally())
    ParallelScan(partCount: lanes, threads: threads).complete { lane in
      var tally = ScoreTally()
      for block in stride(from: lane, to: blockCount, by: lanes) {
        forEachRun(inBlock: block) { tally.add($3, isGenuine: $2) }
        finished(1)
      }
      sum.withLock { $0.add(tally) }
    }
    return sum.withLock { $0 }
  }

  /// The comparisons whose scores lie in the bins of a tally for which there is `true`.
  func comparisons(
    inBins isWanted: [Bool],
    finished: @escaping @Sendable (Int) -> Void
  ) -> [ScoredComparison] {
    guard let first = isWanted.firstIndex(of: true) else { return [] }
    let lowest = ScoreTally.lowestScore(ofBin: first)
    let subjects = pairs.groups.subjects
    let blocks = Mutex<[[ScoredComparison]]>(Array(repeating: [], count: blockCount))
    ParallelScan(partCount: blockCount, threads: threads).complete { block in
      var found: [ScoredComparison] = []
      forEachRun(inBlock: block) { position, others, isGenuine, scores in
        for (other, score) in zip(others, scores) where score >= lowest {
          guard isWanted[ScoreTally.bin(of: score)] else { continue }
          found.append(
            ScoredComparison(
              score: Double(score),
              isGenuine: isGenuine,
              first: UInt32(subjects[position]),
              second: UInt32(subjects[other])
            )
          )
        }
      }
      blocks.withLock { $0[block] = found }
      finished(1)
    }
    return blocks.withLock { Array($0.joined()) }
  }
}

extension ParallelScan {
  /// Scans all parts, which keep nothing from one to the next; there must be no deadline.
  func complete(_ part: @escaping @Sendable (Int) -> Void) {
    let isComplete = runBlocking(worker: { () }, part: { index, _ in part(index) })
    precondition(isComplete, "a scan without a deadline is complete")
  }
}
