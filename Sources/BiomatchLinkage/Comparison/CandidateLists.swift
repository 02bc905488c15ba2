/// The candidates of some rows of the first side, in no order until all are there.
struct CandidateLists {
  private let side: CodeSide
  private let limit: Int?
  private let form: CandidateKey
  /// By place.
  private var lists: [[UInt64]]
  /// Below which a row of a full list needs no further candidates, in units of 2^-30, by place; rounded
  /// down, and zero for the places that fill up a block. `nil` without a limit.
  private(set) var floors: [UInt32]?
  /// How many candidates are kept.
  private(set) var count = 0

  /// Empty lists for the rows of a side.
  init(_ side: CodeSide, limit: Int?, form: CandidateKey) {
    self.side = side
    self.limit = limit
    self.form = form
    lists = Array(repeating: [], count: side.count)
    floors = limit.map { _ in Array(repeating: 0, count: side.placeCount) }
  }

  /// Adds what was found in a segment of the second side.
  mutating func add(_ hits: CodeHits, of segment: CodeSide) {
    for index in 0..<hits.count {
      let hit = hits[index]
      let sum = side.ones(at: hit.a) + segment.ones(at: hit.b)
      lists[hit.a].append(form.key(common: hit.common, sum: sum, b: segment.order[hit.b]))
    }
    count += hits.count
  }

  /// Drops what is not among the best any more.
  mutating func raiseFloors(_ sorter: inout KeySorter) {
    guard let limit else { return }
    for place in lists.indices where lists[place].count > limit {
      sorter.sort(&lists[place])
      count -= lists[place].count - limit
      lists[place].removeLast(lists[place].count - limit)
      floors?[place] = form.floor(of: lists[place][limit - 1])
    }
  }

  /// All candidates in the order of the list.
  ///
  /// - Parameter onesA, onesB: how many bits are set in the rows of both sides.
  mutating func sorted(
    _ sorter: inout KeySorter,
    onesA: [UInt16],
    onesB: [UInt16]
  ) -> [CandidatePair] {
    var sorted: [CandidatePair] = []
    sorted.reserveCapacity(count)
    for place in side.order.indices.sorted(by: { side.order[$0] < side.order[$1] }) {
      sorter.sort(&lists[place])
      let row = Int(side.order[place])
      for key in lists[place] {
        sorted.append(form.pair(key, a: row, onesA: onesA, onesB: onesB))
      }
      lists[place] = []
    }
    return sorted
  }
}
