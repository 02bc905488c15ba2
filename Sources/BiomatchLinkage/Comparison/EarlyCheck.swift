/// After how many words of a tile it pays to look whether any of its pairs can still be a candidate.
///
/// Only speed depends on it: the bound is exact wherever it is looked at.
enum EarlyCheck {
  /// How many blocks of the first side and groups of the second are looked at.
  private static let sampleCount = 12
  /// What a look costs, as a share of a whole comparison.
  private static let cost = 0.05

  /// The word of a comparison of all pairs; all of them where looking does not pay.
  static func word(_ a: Codes, _ b: Codes, _ rule: CodeRule) -> Int {
    let width = rule.wordsPerRow
    guard width >= 4, a.count >= CodeSide.blockRowCount, b.count >= CodeSide.groupRowCount else {
      return width
    }
    let alive = rule.alive(
      sample(a, groupRows: CodeSide.blockRowCount, rule.kernels),
      sample(b, groupRows: CodeSide.groupRowCount, rule.kernels)
    )
    // Tiles that no set bits can make alive cost nothing.
    guard alive[0] > 0 else { return width }
    var (best, least) = (width, 1.0)
    for word in 1..<width {
      let done = Double(word) / Double(width)
      let expected = done + cost + Double(alive[word]) / Double(alive[0]) * (1 - done)
      if expected < least { (best, least) = (word, expected) }
    }
    return best
  }

  /// Rows from all over a side, by the number of their set bits.
  private static func sample(_ codes: Codes, groupRows: Int, _ kernels: CodeKernels) -> CodeSide {
    let width = codes.wordsPerRow
    let count = min(sampleCount, codes.count / groupRows) * groupRows
    let words = (0..<count).flatMap { index in
      let row = index * codes.count / count
      return codes.words[row * width..<(row + 1) * width]
    }
    let rows = CountedRows(words, wordsPerRow: width, checked: width, kernels: kernels)
    var sorter = CountedRows.sorter(wordsPerRow: width)
    return CodeSide(rows, order: rows.order(of: 0..<count, &sorter)[...])
  }
}
