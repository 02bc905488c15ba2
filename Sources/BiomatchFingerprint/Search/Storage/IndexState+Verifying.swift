import BiomatchCore

extension IndexState {
  /// Checks what is saved: every byte, every number that leads to another, and that no reference has
  /// two prints.
  func verify() throws(FingerprintIndexError) {
    do { try savedMarks?.verify() } catch { throw .segment(error) }
    var references: Set<ReferenceKey> = []
    var firstRow = 0
    for part in saved {
      try part.verify()
      for row in 0..<part.rowCount where !removed.contains(firstRow + row) {
        guard references.insert(try part.referenceKey(ofRow: row)).inserted else {
          throw .corruptRows(path: part.segment.path, row: row, section: SavedPart.orderLabel)
        }
      }
      firstRow += part.rowCount
    }
  }
}

extension SavedPart {
  /// Checks every byte of the segment and the rules for its sections.
  func verify() throws(FingerprintIndexError) {
    do { try segment.verify() } catch { throw .segment(error) }
    try verifyOrder()
    guard try rowCount > 0 ? numbers(of: Self.startsLabel, 0..<1)[0] == 0 : arenaByteCount == 0
    else { throw damage(ofRow: 0, in: Self.startsLabel) }
    for start in stride(from: 0, to: rowCount, by: 256) {
      try verifyPrints(start..<min(start + 256, rowCount))
    }
  }

  /// Every row has a place, by ascending reference. References that ascend are all different, and so
  /// are their rows.
  private func verifyOrder() throws(FingerprintIndexError) {
    var last: ReferenceKey?
    for place in 0..<rowCount {
      let key = try referenceKey(ofRow: try orderedRow(place))
      guard last.map({ $0 < key }) ?? true else { throw orderDamage(place) }
      last = key
    }
  }

  /// Every print is as long as it says, the next begins where it ends, and what is in it is ordered as
  /// the kernels expect.
  private func verifyPrints(_ rows: Range<Int>) throws(FingerprintIndexError) {
    let codes = try withPositions(ofRows: rows) { Array($0) }
    if let bad = codes.firstIndex(where: { FingerPosition(rawValue: $0) == nil }) {
      throw positionDamage(ofRow: rows.lowerBound + bad)
    }
    try withPrints(ofRows: rows) { window throws(FingerprintIndexError) in
      for row in rows {
        guard let print = window.print(ofRow: row - rows.lowerBound),
          packedByteCount(of: print) == print.count, PackedPrint(bytes: print).isInOrder
        else { throw damage(ofRow: row) }
      }
    }
  }
}
