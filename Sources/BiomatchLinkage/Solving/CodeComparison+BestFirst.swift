extension CodeComparison {
  /// Calls `body` with the candidates best first, by ``CandidatePair/isBetter(than:)``, batch by batch, on the
  /// caller's thread, which it blocks. There must be no deadline.
  ///
  /// Memory holds up to 4 million candidates, 64 MiB, and half as much to sort them. If there are more, codes
  /// are compared again for every 2 to 4 million.
  ///
  /// - Throws: what `body` throws, which ends the comparison.
  public func forEachBatchBestFirst(_ body: ([CandidatePair]) throws -> Void) rethrows {
    try forEachBatchBestFirst(rowsDone: { _ in }, body)
  }

  /// The same, for those who show how far it has come.
  ///
  /// - Parameter rowsDone: told how many rows of the first side have been compared, while that is done for the
  ///   first time.
  package func forEachBatchBestFirst(
    rowsDone: (Int) -> Void,
    _ body: ([CandidatePair]) throws -> Void
  ) rethrows {
    try forEachBatch(bestFirst: BestCandidates(), rowsDone: rowsDone, body)
  }

  /// - Parameter best: without candidates; how many it keeps changes time and memory alone.
  func forEachBatch(
    bestFirst best: BestCandidates,
    rowsDone: (Int) -> Void = { _ in },
    _ body: ([CandidatePair]) throws -> Void
  ) rethrows {
    precondition(options.deadline == nil, "a list by a deadline would not say that it is partial")
    var best = best
    var last: CandidatePair?
    var isDone = false
    while !isDone {
      forEachBatchBlocking { batch in
        for pair in batch where last.map({ $0.isBetter(than: pair) }) ?? true { best.add(pair) }
        if last == nil, let row = batch.last?.a { rowsDone(row + 1) }
      }
      isDone = !best.hasDropped
      let sorted = best.takeSorted()
      last = sorted.last ?? last
      try body(sorted)
    }
  }
}
