import Synchronization

/// The best rows of a search so far; threads add to it.
package final class CandidateList: Sendable {
  private let best: Mutex<TopK<CandidateKey>>

  package init(limit: Int) { best = Mutex(TopK(capacity: limit)) }

  package var all: TopK<CandidateKey> { best.withLock { $0 } }

  /// The score below which nothing is listed any more.
  package var floor: SimilarityScore? { best.withLock { $0.worstKept } }

  /// Adds rows.
  package func add(_ candidates: [(CandidateKey, SimilarityScore)]) {
    best.withLock { best in
      for (key, score) in candidates { best.offer(score, key: key) }
    }
  }

  /// Adds a row, and gives the score below which nothing is listed from then on.
  package func offer(_ score: SimilarityScore, key: CandidateKey) -> SimilarityScore? {
    best.withLock { best in
      best.offer(score, key: key)
      return best.worstKept
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
