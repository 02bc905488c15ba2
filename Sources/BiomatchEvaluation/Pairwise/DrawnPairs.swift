import BiomatchCore

/// All pairs of a kind, numbered: those of the first position first.
struct PairNumbers: Sendable {
  /// How many pairs the positions before each have, and at last how many there are.
  private let sums: [Int]
  private let partners: @Sendable (Int) -> Range<Int>

  /// - Parameter partners: the positions behind a position that make a pair with it.
  init(count: Int, partners: @escaping @Sendable (Int) -> Range<Int>) {
    self.partners = partners
    sums = (0..<count).reduce(into: [0]) { $0.append($0[$0.count - 1] + partners($1).count) }
  }

  var total: Int { sums[sums.count - 1] }

  /// Calls `body` with each pair of rising numbers.
  func forEachPair(of numbers: [Int], _ body: (_ position: Int, _ other: Int) -> Void) {
    var position = 0
    for number in numbers {
      while sums[position + 1] <= number { position += 1 }
      body(position, partners(position).lowerBound + number - sums[position])
    }
  }
}

/// Pairs drawn from those of a kind, each at most once and all alike.
struct DrawnPairs: Sendable {
  /// Where the partners of each position begin, and at last how many there are.
  private var starts: [Int]
  private var partners: [UInt32] = []

  init(_ count: Int, of pairs: PairNumbers, using random: inout SeededGenerator) {
    starts = [0]
    partners.reserveCapacity(count)
    let numbers = RandomSample.draw(count, of: pairs.total, using: &random)
    pairs.forEachPair(of: numbers) { position, other in
      while starts.count <= position { starts.append(partners.count) }
      partners.append(UInt32(other))
    }
  }

  /// Calls `body` with the pairs whose first position is one of `positions`.
  func forEach(
    of positions: Range<Int>,
    _ body: (_ position: Int, _ other: Int) throws -> Void
  ) rethrows {
    for position in positions.clamped(to: 0..<starts.count) {
      let end = position + 1 < starts.count ? starts[position + 1] : partners.count
      for other in partners[starts[position]..<end] { try body(position, Int(other)) }
    }
  }

  func reduce<Result>(
    into result: Result,
    _ body: (inout Result, _ position: Int, _ other: Int) -> Void
  ) -> Result {
    var result = result
    forEach(of: 0..<starts.count) { body(&result, $0, $1) }
    return result
  }
}
