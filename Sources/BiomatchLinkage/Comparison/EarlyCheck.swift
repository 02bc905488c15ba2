/// After how many words of a tile it pays to look whether any of its pairs can still be a candidate.
///
/// Only speed depends on it: the bound is exact wherever it is looked at.
enum EarlyCheck {
  /// How many groups of rows of each side are looked at.
  private static let sampleCount = 12
  /// How many rows a tile has of each side.
  private static let tileRowsA = 8
  private static let tileRowsB = 16
  /// What a look costs, as a share of a whole comparison.
  private static let cost = 0.05

  /// The word of a comparison; all of them where looking does not pay.
  static func word(of comparison: CodeComparison) -> Int {
    let width = comparison.a.wordsPerRow
    guard width >= 4, comparison.a.count >= tileRowsA, comparison.b.count >= tileRowsB else {
      return width
    }
    let samplesA = tiles(comparison.onesA, rows: tileRowsA)
    let samplesB = tiles(comparison.onesB, rows: tileRowsB)
    // How many tiles there are of which a pair still can reach the threshold after so many words.
    var alive = [Int](repeating: 0, count: width)
    for a in samplesA {
      for b in samplesB { count(comparison, a, b, &alive) }
    }
    let tileCount = Double(samplesA.count * samplesB.count)
    var (best, least) = (width, 1.0)
    for word in 1..<width {
      let done = Double(word) / Double(width)
      let expected = done + cost + Double(alive[word]) / tileCount * (1 - done)
      if expected < least { (best, least) = (word, expected) }
    }
    return best
  }

  /// Rows with much the same number of set bits, spread over all numbers.
  private static func tiles(_ ones: [UInt16], rows: Int) -> [[Int]] {
    let order = ones.indices.sorted { (ones[$0], $0) < (ones[$1], $1) }
    let last = order.count - rows
    return (0..<sampleCount).map { index in
      let start = last * (2 * index + 1) / (2 * sampleCount)
      return Array(order[start..<start + rows])
    }
  }

  private static func count(
    _ comparison: CodeComparison,
    _ rowsA: [Int],
    _ rowsB: [Int],
    _ alive: inout [Int]
  ) {
    let width = comparison.a.wordsPerRow
    var furthest = 0
    for a in rowsA {
      for b in rowsB {
        let need = Int(
          comparison.least[Int(comparison.onesA[a]) + Int(comparison.onesB[b])]
        )
        var (common, restA, restB) = (0, Int(comparison.onesA[a]), Int(comparison.onesB[b]))
        var word = 0
        while word < width, common + min(restA, restB) >= need {
          let first = comparison.a.words[a * width + word]
          let second = comparison.b.words[b * width + word]
          common += (first & second).nonzeroBitCount
          restA -= first.nonzeroBitCount
          restB -= second.nonzeroBitCount
          word += 1
        }
        furthest = max(furthest, word)
      }
    }
    // After `furthest` words none can, or all words are done.
    for word in 0..<min(furthest, width) { alive[word] += 1 }
  }
}
