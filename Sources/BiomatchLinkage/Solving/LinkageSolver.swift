/// Decides which candidate pairs are links.
///
/// The answer depends on the set of candidates alone, not on their order; of a pair that comes more than
/// once the best score counts. Links come best first: by score, then by the rows of both sides.
///
/// ```swift
/// let links = LinkageSolver.links(candidates, by: .greedy)
/// let same = LinkageSolver.links(by: .greedy) { comparison.forEachBatchBlocking($0) }
/// ```
public enum LinkageSolver {
  /// What a record may be linked with.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// One to one: takes the best pair, then the best of those whose records are both still free, and so
    /// on; of equal scores the pair of the lowest rows. The rule of anonlink for two sides.
    ///
    /// A higher threshold leaves the same links, without those below it.
    case greedy
    /// One to one: such that the sum of the scores is the largest possible.
    ///
    /// A higher threshold may give other links: one that was left out for two lower ones may come back.
    case optimal
    /// Each record of the second side with the best one of the first, which may have many; of equal scores
    /// with that of the lowest row. A higher threshold leaves the same links, without those below it.
    case oneToMany = "one-to-many"
  }

  /// The links among candidates.
  ///
  /// Complexity: O(n log n) for n candidates; of the optimal method O(r n log n) at most in a component of r
  /// records that candidates connect.
  public static func links(_ candidates: [CandidatePair], by method: Method) -> [CandidatePair] {
    links(by: method) { $0(candidates) }
  }

  /// The links among candidates that come in batches, in any order, and can be had again.
  ///
  /// Memory: of the optimal method about 100 bytes a candidate. Of the greedy one up to 4 million candidates,
  /// 64 MiB, and half as much to sort them, however many there are: those of the best whose records are free.
  /// Once these are links or not, the candidates are gone through again for those whose records still are: each
  /// time at least 2 million are decided, so for n candidates that is at most 1 + n / 2^21 times. Of one to many a candidate for each record. How high the rows are does not matter.
  ///
  /// - Parameter candidates: calls what it is given with all candidates, the same each time.
  /// - Throws: what `candidates` throws.
  public static func links(
    by method: Method,
    among candidates: (_ body: ([CandidatePair]) -> Void) throws -> Void
  ) rethrows -> [CandidatePair] {
    switch method {
    case .greedy: return try greedy(BestCandidates(), candidates)
    case .optimal:
      var pairs: [CandidatePair] = []
      try candidates { pairs += $0 }
      pairs.sort { $0.isBetter(than: $1) }
      return OptimalAssignment.links(pairs)
    case .oneToMany: return try oneToMany(candidates)
    }
  }

  /// - Parameter best: without candidates; how many it keeps changes time and memory alone.
  static func greedy(
    _ best: BestCandidates,
    _ candidates: (_ body: ([CandidatePair]) -> Void) throws -> Void
  ) rethrows -> [CandidatePair] {
    var best = best
    var links: [CandidatePair] = []
    var (takenA, takenB) = (TakenRows(), TakenRows())
    var isDone = false
    while !isDone {
      try candidates { batch in
        for pair in batch where !takenA.contains(pair.a) && !takenB.contains(pair.b) {
          best.add(pair)
        }
      }
      // Of those that were dropped none comes before these.
      isDone = !best.hasDropped
      for pair in best.takeSorted() where !takenA.contains(pair.a) && !takenB.contains(pair.b) {
        takenA.insert(pair.a)
        takenB.insert(pair.b)
        links.append(pair)
      }
    }
    return links
  }

  private static func oneToMany(
    _ candidates: (_ body: ([CandidatePair]) -> Void) throws -> Void
  ) rethrows -> [CandidatePair] {
    // Memory must follow how many rows there are, not how high they are: a file may name any.
    var best: [Int: CandidatePair] = [:]
    try candidates { batch in
      for pair in batch where best[pair.b].map(pair.isBetter) ?? true { best[pair.b] = pair }
    }
    return best.values.sorted { $0.isBetter(than: $1) }
  }

  /// Rows that are in a link: a byte for each up to the highest, but no more than 16 MiB, as a file may name
  /// any. Still higher ones are looked up by their hash.
  private struct TakenRows {
    private static let limit = 1 << 24
    private var isTaken: [Bool] = []
    private var others: Set<Int> = []

    func contains(_ row: Int) -> Bool {
      row < Self.limit ? row < isTaken.count && isTaken[row] : others.contains(row)
    }

    mutating func insert(_ row: Int) {
      guard row < Self.limit else {
        others.insert(row)
        return
      }
      if row >= isTaken.count {
        isTaken += repeatElement(false, count: row + 1 - isTaken.count)
      }
      isTaken[row] = true
    }
  }
}
