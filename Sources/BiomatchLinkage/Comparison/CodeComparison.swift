import BiomatchCore

/// Compares the codes of two sides, all with all or those that share a block.
///
/// The candidates are the same for any number of threads and any SIMD level, and come in one order: by the
/// row of the first side, then by score, highest first, then by the row of the second side. Memory holds
/// about a million of them at a time, whatever the threshold.
///
/// ```swift
/// let comparison = try CodeComparison(a, b, CodeComparisonOptions(threshold: DiceThreshold(0.8)))
/// try comparison.forEachBatchBlocking { candidates in
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
  /// Of both sides; of one that has no rows nobody may know.
  let wordsPerRow: Int
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
    wordsPerRow = max(a.wordsPerRow, b.wordsPerRow)
    least = options.threshold.table(words: wordsPerRow)
  }

  /// How many pairs are compared.
  public var pairCount: Int { blocks?.pairCount ?? a.count * b.count }

  /// Calls `body` with the candidates, batch by batch, on the caller's thread, which it blocks. Batches may be
  /// empty; where they end means nothing.
  ///
  /// - Returns: whether all pairs were compared; otherwise the deadline came first, and the candidates are
  ///   those of the first rows of the first side.
  /// - Throws: what `body` throws, which ends the comparison.
  @discardableResult
  public func forEachBatchBlocking(_ body: ([CandidatePair]) throws -> Void) rethrows -> Bool {
    var progress = CodeScanProgress(CodeScan(self, preparedBlocking(lists)))
    while let round = progress.next() {
      _ = round.parallel.runBlocking(worker: round.worker) { round.scan($0, &$1) }
      for part in progress.finish(round) { try body(part.candidates) }
    }
    return progress.isComplete
  }

  /// Does the same in a task and its children, which give way to other tasks.
  ///
  /// - Throws: `CancellationError` once the task is cancelled, or what `body` throws.
  @discardableResult
  public func forEachBatch(
    isolation: isolated (any Actor)? = #isolation,
    _ body: ([CandidatePair]) async throws -> Void
  ) async throws -> Bool {
    var progress = CodeScanProgress(CodeScan(self, try await prepared(lists)))
    while let round = progress.next() {
      _ = try await round.parallel.run(worker: round.worker) { round.scan($0, &$1) }
      for part in progress.finish(round) { try await body(part.candidates) }
    }
    return progress.isComplete
  }

  /// All candidates; memory grows with them. There must be no deadline, as the list could not say that it is
  /// partial.
  public func candidates() -> [CandidatePair] {
    precondition(options.deadline == nil, "a list by a deadline would not say that it is partial")
    var all: [CandidatePair] = []
    forEachBatchBlocking { all += $0 }
    return all
  }

  /// How many candidates there are. Unless there is a limit, or blocks, none is listed for it. There must be
  /// no deadline.
  public func candidateCount() -> Int {
    precondition(options.deadline == nil, "a count by a deadline would not say that it is partial")
    guard blocks == nil, options.limit == nil else {
      var count = 0
      forEachBatchBlocking { count += $0.count }
      return count
    }
    let count = CodeCount(preparedBlocking(.both))
    let parts = ParallelScan(partCount: count.partCount, threads: options.threads)
    _ = parts.runBlocking(worker: {}) { part, _ in count.count(part) }
    return count.total
  }

  /// Which rows must be in order before candidates are listed.
  private var lists: CodePreparation.Arrangement { blocks == nil ? .second : .none }

  /// The rows of both sides, prepared on all threads, of which the caller's is one.
  func preparedBlocking(_ arrangement: CodePreparation.Arrangement) -> PreparedCodes {
    let preparation = CodePreparation(self, arrangement)
    for step in CodePreparation.Step.allCases {
      _ = preparation.parallel(step).runBlocking(worker: {}) { part, _ in
        preparation.run(step, part: part)
      }
    }
    return preparation.prepared()
  }

  /// The same in tasks.
  private func prepared(
    _ arrangement: CodePreparation.Arrangement
  ) async throws -> PreparedCodes {
    let preparation = CodePreparation(self, arrangement)
    for step in CodePreparation.Step.allCases {
      _ = try await preparation.parallel(step).run(worker: {}) { part, _ in
        preparation.run(step, part: part)
      }
    }
    return preparation.prepared()
  }
}
