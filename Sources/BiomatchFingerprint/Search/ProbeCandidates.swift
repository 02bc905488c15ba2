import BiomatchCore
import Synchronization

/// What was found for one probe so far; threads add to it.
final class ProbeCandidates: Sendable {
  struct Content: Sendable {
    var best: TopK<CandidateKey>
    var counts = ScanCounts()
    var reached = 0
  }

  private let content: Mutex<Content>

  init(limit: Int) { content = Mutex(Content(best: TopK(capacity: limit))) }

  var all: Content { content.withLock { $0 } }

  /// The score below which nothing is listed any more.
  var floor: SimilarityScore? { content.withLock { $0.best.worstKept } }

  /// Adds what one chunk gave.
  func add(
    _ candidates: [(CandidateKey, SimilarityScore)],
    counts: ScanCounts,
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
struct CandidateKey: Sendable, Hashable, Comparable {
  let reference: ReferenceKey
  let row: Int

  static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.reference, lhs.row) < (rhs.reference, rhs.row)
  }
}
