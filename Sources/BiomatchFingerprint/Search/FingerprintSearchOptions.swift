import BiomatchCore

/// What a search is to find, and how.
///
/// ```swift
/// var options = FingerprintSearchOptions(limit: 10)
/// options.deadline = .now + .seconds(2)
/// let results = try await index.snapshot().search(probes, options)
/// ```
public struct FingerprintSearchOptions: Sendable {
  /// The longest list of candidates: 65,536 a probe.
  ///
  /// A candidate takes some 100 bytes while the search runs, so that a probe's list stays below
  /// 8 MB however low the threshold.
  public static let largestLimit = Candidate.longestList

  /// How many candidates are listed for a probe at most, 1...``largestLimit``.
  public var limit: Int
  /// The lowest score of a candidate; `nil` for any above zero.
  public var threshold: SimilarityScore?
  /// Whether pairs that look unlike are given up early.
  public var mode: SearchMode = .screened
  /// The rows to search, by ``FingerprintSnapshot/select(_:)`` of the same snapshot; all for `nil`.
  public var selection: RowSelection?
  /// How many threads work at a time, at least one.
  public var threads: Int = ParallelScan.processorCount
  /// When the search stops and answers what it has; ``Coverage`` then says that it is partial.
  public var deadline: ContinuousClock.Instant?

  /// The best `limit` candidates, of those that reach the threshold when there is one.
  public init(limit: Int, threshold: SimilarityScore? = nil) {
    self.limit = limit
    self.threshold = threshold
  }

  /// All candidates that reach the threshold, the best ``largestLimit`` if there are more;
  /// ``FingerprintSearchResult/reached`` counts them all.
  public init(threshold: SimilarityScore) {
    self.init(limit: Self.largestLimit, threshold: threshold)
  }
}
