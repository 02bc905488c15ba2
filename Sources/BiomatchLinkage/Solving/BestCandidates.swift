import BiomatchCore

/// The best of a stream of candidates, in memory for few of them.
///
/// Up to twice as many as the capacity wait; then the worse half is dropped, and with it everything that is
/// no better. What is kept in the end is all candidates that are better than those dropped, at least as many
/// as the capacity.
struct BestCandidates {
  /// Candidates that are kept at least: with as many that wait, 64 MiB.
  static let capacity = 1 << 21

  private let capacity: Int
  private var kept: [CandidatePair] = []
  private var worst: CandidatePair?

  init(capacity: Int = BestCandidates.capacity) {
    precondition(capacity > 0, "at least one candidate is kept")
    self.capacity = capacity
  }

  /// Whether any was dropped.
  var hasDropped: Bool { worst != nil }

  /// Adds a candidate.
  mutating func add(_ pair: CandidatePair) {
    if let worst, !pair.isBetter(than: worst) { return }
    kept.append(pair)
    guard kept.count == 2 * capacity else { return }
    selectBest()
    kept.removeLast(kept.count - capacity)
    worst = kept[capacity - 1]
  }

  /// Hands over what is kept, best first, and starts anew.
  mutating func takeSorted() -> [CandidatePair] {
    kept.sort { $0.isBetter(than: $1) }
    let sorted = kept
    kept = []
    worst = nil
    return sorted
  }

  /// Brings the best to the front, the last of them to its place: quickselect (Hoare 1961,
  /// doi:10.1145/366622.366647), with three parts, so that equal candidates do no harm.
  ///
  /// Which are the best does not depend on the pivots. Those nobody can foresee: an order of candidates that
  /// is made to be slow does no harm either.
  private mutating func selectBest() {
    var generator = SystemRandomNumberGenerator()
    var (start, end) = (0, kept.count)
    while end - start > 1 {
      let pivot = kept[Int.random(in: start..<end, using: &generator)]
      var (better, place, worse) = (start, start, end)
      while place < worse {
        if kept[place].isBetter(than: pivot) {
          kept.swapAt(better, place)
          better += 1
          place += 1
        } else if pivot.isBetter(than: kept[place]) {
          worse -= 1
          kept.swapAt(place, worse)
        } else {
          place += 1
        }
      }
      if capacity <= better {
        end = better
      } else if capacity > worse {
        start = worse
      } else {
        return
      }
    }
  }
}
