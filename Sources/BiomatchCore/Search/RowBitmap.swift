/// A set of row numbers below a limit, a bit a row.
public struct RowBitmap: Sendable, Hashable {
  /// How many rows there are, in the set or not.
  public private(set) var rowCount: Int
  /// How many rows are in the set.
  public private(set) var count = 0

  /// 64 rows each, the lowest in the lowest bit; bits behind the last row are zero.
  private var words: [UInt64]

  /// An empty set over so many rows.
  public init(rowCount: Int) {
    precondition(rowCount >= 0, "a number of rows is never negative")
    self.rowCount = rowCount
    words = Array(repeating: 0, count: (rowCount + 63) / 64)
  }

  /// Whether the row is in the set.
  public func contains(_ row: Int) -> Bool {
    precondition(0 <= row && row < rowCount, "the row is below the limit")
    return words[row / 64] >> UInt64(row % 64) & 1 == 1
  }

  /// The runs of rows within `range` that are not in the set, ascending.
  package func gaps(in range: Range<Int>) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var row = range.lowerBound
    while let start = next(in: row..<range.upperBound, contained: false) {
      let end = next(in: start..<range.upperBound, contained: true) ?? range.upperBound
      gaps.append(start..<end)
      row = end
    }
    return gaps
  }

  /// The first row of `range` that is in the set, or that is not.
  private func next(in range: Range<Int>, contained: Bool) -> Int? {
    precondition(0 <= range.lowerBound && range.upperBound <= rowCount, "rows below the limit")
    var row = range.lowerBound
    while row < range.upperBound {
      let word = contained ? words[row / 64] : ~words[row / 64]
      let rest = word >> UInt64(row % 64)
      guard rest == 0 else {
        let found = row + rest.trailingZeroBitCount
        return found < range.upperBound ? found : nil
      }
      row = (row / 64 + 1) * 64
    }
    return nil
  }

  /// Which of the 64 rows from `row` on are in the set, the first in the lowest bit; rows at or behind
  /// the limit are not.
  package func word(from row: Int) -> UInt64 {
    let (index, shift) = (row / 64, UInt64(row % 64))
    guard index < words.count else { return 0 }
    let low = words[index] >> shift
    return shift > 0 && index + 1 < words.count ? low | words[index + 1] << (64 - shift) : low
  }

  /// Adds a row; one that is in the set already changes nothing.
  public mutating func insert(_ row: Int) {
    guard !contains(row) else { return }
    words[row / 64] |= 1 << UInt64(row % 64)
    count += 1
  }

  /// Raises the number of rows by `rows`, none of which is in the set.
  public mutating func extend(by rows: Int) {
    precondition(rows >= 0, "rows are only added")
    rowCount += rows
    words.append(contentsOf: repeatElement(0, count: (rowCount + 63) / 64 - words.count))
  }

  /// Raises the number of rows by those of `rows`, which are in the set where they are in the other.
  mutating func append(_ other: RowBitmap, rows: Range<Int>) {
    let first = rowCount
    extend(by: rows.count)
    var row = rows.lowerBound
    while let found = other.next(in: row..<rows.upperBound, contained: true) {
      insert(first + found - rows.lowerBound)
      row = found + 1
    }
  }

  /// The rows of the set below `rowCount`, which is then its limit.
  public func prefix(_ rowCount: Int) -> RowBitmap {
    precondition(0 <= rowCount && rowCount <= self.rowCount, "the rows are below the limit")
    var result = RowBitmap(rowCount: rowCount)
    for index in result.words.indices { result.words[index] = words[index] }
    if !rowCount.isMultiple(of: 64) {
      result.words[result.words.count - 1] &= 1 << UInt64(rowCount % 64) - 1
    }
    result.count = result.words.reduce(0) { $0 + $1.nonzeroBitCount }
    return result
  }
}

extension RowBitmap {
  /// The set as bytes, a bit a row, the lowest of a byte first.
  public var bytes: [UInt8] {
    (0..<(rowCount + 7) / 8).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64($0 % 8 * 8)) }
  }

  /// The set of those bytes over so many rows; `nil` unless they are as many as the rows need and the
  /// bits behind the last row are zero.
  public init?(bytes: [UInt8], rowCount: Int) {
    guard rowCount >= 0, bytes.count == (rowCount + 7) / 8 else { return nil }
    self.init(rowCount: rowCount)
    for (index, byte) in bytes.enumerated() {
      words[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8)
      count += byte.nonzeroBitCount
    }
    if !rowCount.isMultiple(of: 64), words[words.count - 1] >> UInt64(rowCount % 64) != 0 {
      return nil
    }
  }
}
