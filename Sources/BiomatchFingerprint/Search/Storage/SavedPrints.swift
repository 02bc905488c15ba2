import BiomatchCore

/// Prints in a segment of a saved index, read where they lie.
final class SavedPrints: SavedPart {
  static let positionsLabel: SegmentLabel = "positions"
  static let startsLabel: SegmentLabel = "starts"
  static let printsLabel: SegmentLabel = "prints"

  let rows: SavedRows
  let arenaByteCount: Int

  /// The prints of a segment whose sections are as long as they must be.
  init(_ rows: SavedRows) throws(IndexError) {
    self.rows = rows
    try rows.check(Self.positionsLabel, bytesPerRow: 1)
    try rows.check(Self.startsLabel, bytesPerRow: 4)
    arenaByteCount = try rows.byteCount(of: Self.printsLabel)
    guard arenaByteCount.isMultiple(of: 8), arenaByteCount / 8 <= Int(UInt32.max) else {
      throw rows.damage(ofRow: 0, in: Self.printsLabel)
    }
  }

  func withPositions<R>(
    ofRows rows: Range<Int>,
    _ body: (UnsafeBufferPointer<UInt8>) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    try self.rows.withBytes(of: Self.positionsLabel, rows) { bytes throws(IndexError) in
      try body(bytes.assumingMemoryBound(to: UInt8.self))
    }
  }

  func withPrints<R>(
    ofRows rows: Range<Int>,
    _ body: (PrintWindow) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    let isLast = rows.upperBound == self.rows.count
    let starts = try self.rows.numbers(
      of: Self.startsLabel,
      rows.lowerBound..<rows.upperBound + (isLast ? 0 : 1)
    )
    let end = isLast ? UInt32(arenaByteCount / 8) : starts[rows.count]
    try checkStarts(starts, firstRow: rows.lowerBound)
    let base = starts[0]
    let window = Int(base) * 8..<Int(end) * 8
    return try self.rows.withBytes(of: Self.printsLabel, window) { arena throws(IndexError) in
      try starts.withUnsafeBufferPointer { starts throws(IndexError) in
        try body(
          PrintWindow(
            arena: arena,
            base: base,
            end: end,
            starts: UnsafeBufferPointer(rebasing: starts[..<rows.count])
          )
        )
      }
    }
  }

  /// Looks for a start that lies behind the prints or in front of an earlier one.
  private func checkStarts(
    _ starts: [UInt32],
    firstRow: Int
  ) throws(IndexError) {
    let end = UInt32(arenaByteCount / 8)
    var last: UInt32 = 0
    for (index, start) in starts.enumerated() {
      guard last <= start, start <= end else {
        throw rows.damage(ofRow: firstRow + index, in: Self.startsLabel)
      }
      last = start
    }
  }

  // MARK: Verifying

  /// Checks the rules for positions, starts and prints.
  func verify() throws(IndexError) {
    guard
      try rows.count > 0
        ? rows.numbers(of: Self.startsLabel, 0..<1)[0] == 0 : arenaByteCount == 0
    else { throw rows.damage(ofRow: 0, in: Self.startsLabel) }
    for start in stride(from: 0, to: rows.count, by: 256) {
      try verifyPrints(start..<min(start + 256, rows.count))
    }
  }

  /// Every print is as long as it says, the next begins where it ends, and what is in it is ordered as
  /// the kernels expect.
  private func verifyPrints(_ rows: Range<Int>) throws(IndexError) {
    let codes = try withPositions(ofRows: rows) { Array($0) }
    if let bad = codes.firstIndex(where: { FingerPosition(rawValue: $0) == nil }) {
      throw self.rows.damage(ofRow: rows.lowerBound + bad, in: Self.positionsLabel)
    }
    try withPrints(ofRows: rows) { window throws(IndexError) in
      for row in rows {
        guard let print = window.print(ofRow: row - rows.lowerBound),
          packedByteCount(of: print) == print.count, PackedPrint(bytes: print).isInOrder
        else { throw self.rows.damage(ofRow: row, in: Self.printsLabel) }
      }
    }
  }
}
