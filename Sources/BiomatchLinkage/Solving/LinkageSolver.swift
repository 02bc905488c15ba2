/// Decides which candidate pairs are links.
///
/// The answer depends on the set of candidates alone, not on their order; of a pair that comes more than
/// once the best score counts. Links come best first: by score, then by the rows of both sides.
///
/// ```swift
/// let links = LinkageSolver.links(candidates, by: .greedy)
/// ```
///
/// Memory: about 40 bytes a candidate, and of the optimal method as much again.
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
    var pairs = candidates
    pairs.sort { $0.isBetter(than: $1) }
    switch method {
    case .greedy: return greedy(pairs)
    case .optimal: return OptimalAssignment.links(pairs)
    case .oneToMany: return oneToMany(pairs)
    }
  }

  private static func greedy(_ pairs: [CandidatePair]) -> [CandidatePair] {
    var takenA = [Bool](repeating: false, count: (pairs.map(\.a).max() ?? -1) + 1)
    var takenB = [Bool](repeating: false, count: (pairs.map(\.b).max() ?? -1) + 1)
    return pairs.filter { pair in
      guard !takenA[pair.a], !takenB[pair.b] else { return false }
      takenA[pair.a] = true
      takenB[pair.b] = true
      return true
    }
  }

  private static func oneToMany(_ pairs: [CandidatePair]) -> [CandidatePair] {
    var taken = [Bool](repeating: false, count: (pairs.map(\.b).max() ?? -1) + 1)
    return pairs.filter { pair in
      defer { taken[pair.b] = true }
      return !taken[pair.b]
    }
  }
}
