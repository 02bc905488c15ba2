import BiomatchCore

/// What a search is to find, and how.
///
/// ```swift
/// var options = FaceSearchOptions(limit: 10, threshold: SimilarityScore(0.4))
/// options.deadline = .now + .seconds(2)
/// let results = try await index.snapshot().search(probes, options)
/// ```
public struct FaceSearchOptions: Sendable {
  /// How many candidates are listed for a probe at most, 1...65,536.
  public var limit: Int
  /// The lowest score of a candidate; `nil` for any.
  public var threshold: SimilarityScore?
  /// The rows to search, by ``FaceSnapshot/select(_:)`` of the same snapshot; all for `nil`.
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

  /// All candidates that reach the threshold, the best 65,536 if there are more: a full list may be cut.
  public init(threshold: SimilarityScore) {
    self.init(limit: Candidate.longestList, threshold: threshold)
  }
}

/// What a search found for one probe.
public struct FaceSearchResult: Sendable, Hashable, Codable {
  /// The candidates, best first, equal scores by reference.
  public var candidates: [Candidate]
  /// How much of the index was searched for this probe.
  public var coverage: Coverage
  /// How the rows were compared; depends on how the work fell to the threads.
  public var counts: FaceScanCounts
}

/// How the rows of a search were compared.
public struct FaceScanCounts: Sendable, Hashable, Codable {
  /// Rows that were looked at.
  public var rows = 0
  /// Of these, those that the upper halves of codes alone could not rule out; zero where the whole codes
  /// were compared at once.
  public var refined = 0
  /// Of these, those whose score was computed.
  public var scored = 0

  /// Adds the counts of another part of a search.
  public static func += (sum: inout FaceScanCounts, part: FaceScanCounts) {
    sum.rows += part.rows
    sum.refined += part.refined
    sum.scored += part.scored
  }
}
