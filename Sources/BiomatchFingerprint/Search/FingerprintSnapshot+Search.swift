import BiomatchCore

extension FingerprintSnapshot {
  /// Searches for a batch of probes.
  ///
  /// The prints are read once for up to 64 probes; a batch of sixteen costs the memory's time of one.
  /// Candidates are the same for any number of threads, any batch and any order in which the prints
  /// were added; equal scores are ordered by reference. A print that scores 0 is never listed.
  ///
  /// - Returns: a result for each probe, in their order.
  /// - Throws: `CancellationError` once the task is cancelled; ``IndexError`` for a limit or
  ///   a number of threads out of range, a selection of another snapshot, a probe of other parameters, and damaged prints.
  /// - Complexity: O(n p) pairs for n prints and p probes; memory for p times the limit of candidates.
  public func search(
    _ probes: [FingerprintSearchProbe],
    _ options: FingerprintSearchOptions
  ) async throws -> [FingerprintSearchResult] {
    let scan = try SearchScan(self, probes, options)
    let isComplete = try await scan.parts.run(worker: { SearchWorker() }) {
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
    _ probes: [FingerprintSearchProbe],
    _ options: FingerprintSearchOptions
  ) throws(IndexError) -> [FingerprintSearchResult] {
    let scan = try SearchScan(self, probes, options)
    let isComplete = try scan.parts.runBlocking(worker: { SearchWorker() }) {
      part,
      worker throws(IndexError) in
      try scan.scan(part, worker)
    }
    return try scan.results(isComplete: isComplete)
  }
}
