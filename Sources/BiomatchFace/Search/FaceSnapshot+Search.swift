import BiomatchCore

extension FaceSnapshot {
  /// Searches for a batch of probes.
  ///
  /// The answer is that of comparing every probe with every row by ``FaceMatcher``: the same candidates
  /// with the same scores, for any number of threads, any batch, any SIMD level and any order in which
  /// the vectors were added. Equal scores are ordered by reference.
  ///
  /// - Returns: a result for each probe, in their order.
  /// - Throws: `CancellationError` once the task is cancelled; ``IndexError`` for a limit or a number of
  ///   threads out of range, a selection of another snapshot, a probe of another model or dimension, and
  ///   damaged rows.
  /// - Complexity: O(n p d) for n rows of d values and p probes, most of it by products of 4 or 8 bits;
  ///   memory for p times the limit of candidates.
  public func search(
    _ probes: [PreparedFace],
    _ options: FaceSearchOptions
  ) async throws -> [FaceSearchResult] {
    let scan = try FaceScan(self, probes, options)
    let isComplete = try await scan.parts.run(worker: { FaceScanWorker() }) {
      part,
      worker throws(IndexError) in
      try scan.scan(part, worker)
    }
    return try scan.results(isComplete: isComplete)
  }

  /// Searches as ``search(_:_:)`` does, on threads of its own and the caller's, which it blocks.
  ///
  /// For programs without tasks; a task would hold up others meanwhile.
  public func searchBlocking(
    _ probes: [PreparedFace],
    _ options: FaceSearchOptions
  ) throws(IndexError) -> [FaceSearchResult] {
    let scan = try FaceScan(self, probes, options)
    let isComplete = try scan.parts.runBlocking(worker: { FaceScanWorker() }) {
      part,
      worker throws(IndexError) in
      try scan.scan(part, worker)
    }
    return try scan.results(isComplete: isComplete)
  }
}
