import BiomatchCore
import Synchronization

/// Compares the codes of two sides, all with all or those that share a block.
///
/// The candidates are the same for any number of threads and any SIMD level, and come in one order: by the
/// row of the first side, then by score, highest first, then by the row of the second side. Memory holds
/// about a million of them at a time, whatever the threshold.
///
/// ```swift
/// let comparison = try CodeComparison(a, b, CodeComparisonOptions(threshold: DiceThreshold(0.8)))
/// try comparison.forEachBatch { candidates in
///   for pair in candidates { print(a.identifiers[pair.a], b.identifiers[pair.b], pair.score) }
/// }
/// ```
///
/// Complexity: O(|A| |B| bits) at most; pairs that cannot reach the threshold are given up early.
public struct CodeComparison: Sendable {
  let a: Codes
  let b: Codes
  let options: CodeComparisonOptions
  let blocks: BlockPlan?
  let kernels: CodeKernels
  let onesA: [UInt16]
  let onesB: [UInt16]
  let least: [UInt16]

  /// Prepares a comparison.
  ///
  /// - Parameter blocks: which pairs are compared; all for `nil`.
  /// - Throws: ``CodesError`` when the codes do not compare, or an option is out of range.
  public init(
    _ a: Codes,
    _ b: Codes,
    _ options: CodeComparisonOptions,
    blocks: BlockPlan? = nil
  ) throws(CodesError) {
    try a.requireComparable(with: b, allowsUnknown: options.allowsUnknownSchema)
    if let limit = options.limit, !(1...Candidate.longestList).contains(limit) {
      throw .limit(limit)
    }
    precondition(options.threads > 0, "a comparison needs a thread")
    if let blocks {
      guard blocks.countA == a.count else {
        throw .blockKeyCount(expected: a.count, found: blocks.countA)
      }
      guard blocks.countB == b.count else {
        throw .blockKeyCount(expected: b.count, found: blocks.countB)
      }
    }
    self.a = a
    self.b = b
    self.options = options
    self.blocks = blocks
    kernels = CodeKernels(level: options.simd)
    onesA = kernels.ones(a.words, wordsPerRow: a.wordsPerRow)
    onesB = kernels.ones(b.words, wordsPerRow: b.wordsPerRow)
    least = options.threshold.table(words: a.wordsPerRow)
  }

  /// How many pairs are compared.
  public var pairCount: Int { blocks?.pairCount ?? a.count * b.count }

  /// Calls `body` with the candidates, batch by batch, on the caller's thread. Batches may be empty; where
  /// they end means nothing.
  ///
  /// - Throws: what `body` throws, which ends the comparison.
  public func forEachBatch(_ body: ([CandidatePair]) throws -> Void) rethrows {
    guard a.count > 0, b.count > 0 else { return }
    let scan = CodeScan(self)
    var (row, rows) = (0, CodeScan.partRowCount)
    while row < a.count {
      for part in scan.parts(from: row, rows: rows) {
        try body(part.candidates)
        row = part.rows.upperBound
        // A part that had to stop early is followed by smaller ones.
        rows = part.isCut ? max(1, part.rows.count) : min(2 * rows, CodeScan.partRowCount)
      }
    }
  }

  /// All candidates; memory grows with them.
  public func candidates() -> [CandidatePair] {
    var all: [CandidatePair] = []
    forEachBatch { all += $0 }
    return all
  }
}
