/// The rows of one side, and how many of their bits are set.
struct CountedRows: Sendable {
  let words: [UInt64]
  let wordsPerRow: Int
  /// How many bits of each row are set.
  let ones: [UInt16]
  /// The same of the words behind the check.
  let rest: [UInt16]

  /// Counts the rows of `words`.
  ///
  /// - Parameter checked: how many words come before the check.
  init(_ words: [UInt64], wordsPerRow: Int, checked: Int, kernels: CodeKernels) {
    self.words = words
    self.wordsPerRow = wordsPerRow
    ones = kernels.ones(words, wordsPerRow: wordsPerRow)
    rest = kernels.ones(words, wordsPerRow: wordsPerRow, from: checked)
  }

  /// How many rows there are.
  var count: Int { ones.count }

  /// Sorts rows for ``order(of:_:)``.
  static func sorter(wordsPerRow: Int) -> KeySorter {
    KeySorter(low: 0, high: 2 * countBits(wordsPerRow: wordsPerRow))
  }

  /// How many bits a count takes.
  private static func countBits(wordsPerRow: Int) -> Int {
    Int.bitWidth - (64 * wordsPerRow).leadingZeroBitCount
  }

  /// The rows of a range by bits set, then by those behind the check: neighbours then need much the same.
  ///
  /// Complexity: O(n) for n rows, if there are many.
  func order(of range: Range<Int>, _ sorter: inout KeySorter) -> [UInt32] {
    let shift = UInt64(Self.countBits(wordsPerRow: wordsPerRow))
    // Equal counts keep the order of the rows, which are no digit.
    var keys = range.map { row in
      (UInt64(ones[row]) << shift | UInt64(rest[row])) << 32 | UInt64(row)
    }
    sorter.sort(&keys)
    return keys.map { UInt32(truncatingIfNeeded: $0) }
  }
}
