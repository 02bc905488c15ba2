import BiomatchCore
import BiomatchTestSupport
import Testing

@Suite("Row bitmap")
struct RowBitmapTests {
  @Test("is the set of what was inserted", arguments: [0, 1, 7, 8, 63, 64, 65, 200])
  func oracle(rowCount: Int) {
    var random = SeededGenerator(seed: UInt64(rowCount))
    var bitmap = RowBitmap(rowCount: rowCount)
    var set: Set<Int> = []
    for _ in 0..<rowCount {
      let row = Int.random(in: 0..<rowCount, using: &random)
      bitmap.insert(row)
      set.insert(row)
    }
    #expect(bitmap.count == set.count)
    #expect((0..<rowCount).allSatisfy { bitmap.contains($0) == set.contains($0) })
    #expect(RowBitmap(bytes: bitmap.bytes, rowCount: rowCount) == bitmap)
    var extended = bitmap
    extended.extend(by: 70)
    #expect((0..<rowCount + 70).allSatisfy { extended.contains($0) == set.contains($0) })
    #expect(extended.count == set.count)
  }

  @Test("bytes of another length, or with bits behind the last row, are refused")
  func bytes() {
    #expect(RowBitmap(bytes: [1, 0], rowCount: 9)?.count == 1)
    #expect(RowBitmap(bytes: [1], rowCount: 9) == nil)
    #expect(RowBitmap(bytes: [1, 0, 0], rowCount: 9) == nil)
    #expect(RowBitmap(bytes: [1, 2], rowCount: 9) == nil)
    #expect(RowBitmap(bytes: [0xFF], rowCount: 8)?.count == 8)
    #expect(RowBitmap(bytes: [], rowCount: -1) == nil)
  }

  @Test("the gaps are the runs of rows that are not in the set", arguments: UInt64(0)..<200)
  func gaps(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...400, using: &random)
    // Runs of random lengths, so that whole words are in the set or out of it.
    var rows = RowBitmap(rowCount: count)
    var row = 0
    while row < count {
      let end = min(count, row + Int.random(in: 1...150, using: &random))
      if Bool.random(using: &random) { for row in row..<end { rows.insert(row) } }
      row = end
    }
    let start = Int.random(in: 0...count, using: &random)
    let range = start..<Int.random(in: start...count, using: &random)
    let gaps = rows.gaps(in: range)
    #expect(gaps.flatMap(Array.init) == range.filter { !rows.contains($0) })
    #expect(gaps.allSatisfy { !$0.isEmpty })
    #expect(zip(gaps, gaps.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
  }
}
