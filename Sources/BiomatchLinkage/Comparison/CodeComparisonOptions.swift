import BiomatchCore

/// Which pairs a comparison is to find, and how.
public struct CodeComparisonOptions: Sendable {
  /// The least Dice coefficient of a candidate.
  public var threshold: DiceThreshold
  /// How many candidates a record of the first side has at most, the best, of equal scores those of the
  /// lowest rows; `nil` for all.
  public var limit: Int?
  /// Whether codes may be compared of which one or both do not state their schema
  /// or the check of their secret.
  public var allowsUnknownSchema = false
  /// When the comparison stops; what came of it then says that it is partial.
  public var deadline: ContinuousClock.Instant?
  /// How many threads work at a time, at least one.
  public var threads: Int = ParallelScan.processorCount
  /// The SIMD level of the kernels; every level gives the same candidates.
  public var simd: SIMDLevel = .active

  /// All candidates that reach the threshold, or the best of each record.
  public init(threshold: DiceThreshold, limit: Int? = nil) {
    self.threshold = threshold
    self.limit = limit
  }
}
