extension IndexState {
  /// Checks what is saved: every byte, every number that leads to another, and that no reference has
  /// two rows.
  func verify() throws(IndexError) {
    do { try savedMarks?.verify() } catch { throw .segment(error) }
    var references: Set<ReferenceKey> = []
    var firstRow = 0
    for part in saved {
      let rows = part.rows
      do { try rows.segment.verify() } catch { throw .segment(error) }
      try rows.verifyOrder()
      try kind.verify(part)
      for row in 0..<rows.count where !removed.contains(firstRow + row) {
        guard references.insert(try rows.referenceKey(ofRow: row)).inserted else {
          throw rows.damage(ofRow: row, in: SavedRows.orderLabel)
        }
      }
      firstRow += rows.count
    }
  }
}
