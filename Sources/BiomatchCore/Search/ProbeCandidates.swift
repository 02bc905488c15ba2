import Synchronization

/// What a search counts for a probe, besides candidates.
package protocol SearchCounts: Sendable {
  /// Nothing counted yet.
  init()
  /// Adds the counts of another part of a search.
  static func += (sum: inout Self, part: Self)
}

/// What was found for one probe so far; threads add to it.
package final class ProbeCandidates<Counts: SearchCounts>: Sendable {
  package struct Content: Sendable {
    package var best: TopK<CandidateKey>
    package var counts = Counts()
    /// How many rows reached the threshold, listed or not.
    package var reached = 0
  }

  private let content: Mutex<Content>

  package init(limit: Int) { content = Mutex(Content(best: TopK(capacity: limit))) }

  package var all: Content { content.withLock { $0 } }

  /// The score below which nothing is listed any more.
  package var floor: SimilarityScore? { content.withLock { $0.best.worstKept } }

  /// Adds one row, and gives the score below which nothing is listed from then on.
  package func offer(_ score: SimilarityScore, key: CandidateKey) -> SimilarityScore? {
    content.withLock { content in
      content.best.offer(score, key: key)
      return content.best.worstKept
    }
  }

  /// Adds what one chunk gave.
  package func add(
    _ candidates: [(CandidateKey, SimilarityScore)],
    counts: Counts,
    reached: Int
  ) {
    content.withLock { content in
      for (key, score) in candidates { content.best.offer(score, key: key) }
      content.counts += counts
      content.reached += reached
    }
  }
}

/// A row, ordered by its reference.
package struct CandidateKey: Sendable, Hashable, Comparable {
  package let reference: ReferenceKey
  package let row: Int

  package init(reference: ReferenceKey, row: Int) {
    self.reference = reference
    self.row = row
  }

  package static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.reference, lhs.row) < (rhs.reference, rhs.row)
  }
}
