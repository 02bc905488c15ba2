import BiomatchCore

/// What a search found for one probe.
public struct FingerprintSearchResult: Sendable, Hashable, Codable {
  /// The candidates, best first, equal scores by reference.
  public var candidates: [Candidate]
  /// Which finger each candidate is, in their order.
  public var positions: [FingerPosition]
  /// How many prints reached the threshold, or scored above zero where there was none: more than
  /// there are candidates when the limit cut the list.
  public var reached: Int
  /// How much of the index was searched for this probe.
  public var coverage: Coverage
  /// How far the probe's pairs came.
  public var counts: ScanCounts
}
