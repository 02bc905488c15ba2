import BiomatchCore
import Synchronization

/// What was found for one probe so far; threads add to it.
final class ProbeCandidates: Sendable {
  struct Counts: Sendable {
    var counts = ScanCounts()
    var reached = 0
  }

  let list: CandidateList
  private let content = Mutex(Counts())

  init(limit: Int) { list = CandidateList(limit: limit) }

  var all: Counts { content.withLock { $0 } }

  /// Adds what one chunk gave.
  func add(
    _ candidates: [(CandidateKey, SimilarityScore)],
    counts: ScanCounts,
    reached: Int
  ) {
    list.add(candidates)
    content.withLock { content in
      content.counts += counts
      content.reached += reached
    }
  }
}
