import BiomatchCore

/// The state of a ``FingerprintIndex`` at one moment, for searches: it never changes.
///
/// A snapshot is taken in no time and holds on to the prints of that moment, also of those that the
/// index has removed or saved since.
public struct FingerprintSnapshot: Sendable {
  /// What prepares probes for this index.
  public let matcher: FingerprintMatcher
  /// The state of the index; every append and removal counts it up.
  public let generation: UInt64
  /// How many prints can be found.
  public var count: Int { removed.rowCount - removed.count }

  /// Names the order of rows: two snapshots of equal layout number have the same rows.
  let layout: UInt64
  let parts: [any IndexPart]
  /// Number of the first row of each part.
  let firstRows: [Int]
  let removed: RowBitmap

  /// How many rows there are, removed ones included.
  var rowCount: Int { removed.rowCount }

  init(
    matcher: FingerprintMatcher,
    generation: UInt64,
    layout: UInt64,
    parts: [any IndexPart],
    removed: RowBitmap
  ) {
    self.matcher = matcher
    self.generation = generation
    self.layout = layout
    self.parts = parts
    self.removed = removed
    var row = 0
    firstRows = parts.map { part in
      defer { row += part.rowCount }
      return row
    }
    precondition(row == removed.rowCount, "there is a mark a row")
  }

  /// The part that holds a row, and the row's number there.
  func locate(_ row: Int) -> (part: any IndexPart, row: Int) {
    var (low, high) = (0, firstRows.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstRows[middle] <= row { low = middle } else { high = middle }
    }
    return (parts[low], row - firstRows[low])
  }
}

extension FingerprintSnapshot {
  /// The rows for which `predicate` holds, for ``FingerprintSearchOptions/selection``.
  ///
  /// Rows are tested once here, not in the scan, which then passes over those not chosen before
  /// anything is compared.
  ///
  /// - Throws: ``FingerprintIndexError`` when identifiers are damaged.
  /// - Complexity: O(n), with every identifier read.
  public func select(
    _ predicate: (ReferenceID, SubjectID, FingerPosition) -> Bool
  ) throws(FingerprintIndexError) -> RowSelection {
    var rows = RowBitmap(rowCount: rowCount)
    for (part, firstRow) in zip(parts, firstRows) {
      let codes = try part.withPositions(ofRows: 0..<part.rowCount) { Array($0) }
      for row in 0..<part.rowCount where !removed.contains(firstRow + row) {
        guard let position = FingerPosition(rawValue: codes[row]) else {
          throw part.positionDamage(ofRow: row)
        }
        let (reference, subject) = (try part.reference(ofRow: row), try part.subject(ofRow: row))
        if predicate(reference, subject, position) { rows.insert(firstRow + row) }
      }
    }
    return RowSelection(layout: layout, rows: rows)
  }
}
