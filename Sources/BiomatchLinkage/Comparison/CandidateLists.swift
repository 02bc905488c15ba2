/// The candidates of some rows of the first side, in no order until all are there.
final class CandidateLists {
  /// What stands for 1 in a floor.
  private static let floorUnit = Double(1 << 30)

  private let limit: Int?
  private var all: [CandidatePair] = []
  /// By place, where lists are limited.
  private var lists: [[CandidatePair]] = []
  /// Below which a row of a full list needs no further candidates, in units of 2^-30, by place; rounded
  /// down, and zero for the places that fill up a block.
  private(set) var floors: [UInt32]

  /// Empty lists for rows of that order.
  init(_ order: [UInt32], limit: Int?) {
    self.limit = limit
    floors = Array(repeating: 0, count: (order.count + 15) / 16 * 16)
    if limit != nil { lists = Array(repeating: [], count: order.count) }
  }

  /// How many candidates are kept.
  var count: Int { limit == nil ? all.count : lists.reduce(0) { $0 + $1.count } }

  func add(_ candidate: CandidatePair, place: Int) {
    if limit == nil { all.append(candidate) } else { lists[place].append(candidate) }
  }

  /// Drops what is not among the best any more.
  func raiseFloors() {
    guard let limit else { return }
    for place in lists.indices where lists[place].count > limit {
      lists[place].sort { $0.isListed(before: $1) }
      lists[place].removeLast(lists[place].count - limit)
      floors[place] = UInt32(lists[place][limit - 1].score * Self.floorUnit)
    }
  }

  /// All candidates in the order of the list.
  func sorted() -> [CandidatePair] {
    var sorted = limit == nil ? all : lists.flatMap { $0 }
    sorted.sort { $0.isListed(before: $1) }
    return sorted
  }
}
