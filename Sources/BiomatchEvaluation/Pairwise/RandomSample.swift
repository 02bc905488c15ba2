import BiomatchCore

/// Draws without replacement.
enum RandomSample {
  /// So many of the numbers below `total`, none twice, rising; every choice is equally likely.
  static func draw(
    _ count: Int,
    of total: Int,
    using random: inout SeededGenerator
  ) -> [Int] {
    guard count <= total / 2 else {
      let others = draw(total - count, of: total, using: &random)
      var next = others.makeIterator()
      var left = next.next()
      return (0..<total).filter { number in
        guard number == left else { return true }
        left = next.next()
        return false
      }
    }
    var numbers: [Int] = []
    while numbers.count < count {
      numbers += (numbers.count..<count).map { _ in Int.random(in: 0..<total, using: &random) }
      numbers.sort()
      numbers = numbers.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
    return numbers
  }
}
