import BiomatchCore

/// The state of a ``FingerprintIndex`` at one moment, for searches: it never changes.
///
/// A snapshot is taken in no time and holds on to the prints of that moment, also of those that the
/// index has removed or saved since.
public struct FingerprintSnapshot: Sendable {
  let content: IndexSnapshot<FingerprintIndexKind>

  /// What prepares probes for this index.
  public var matcher: FingerprintMatcher { content.kind.matcher }
  /// The state of the index; every append and removal counts it up.
  public var generation: UInt64 { content.generation }
  /// How many prints can be found.
  public var count: Int { content.count }
}

extension FingerprintSnapshot {
  /// The rows for which `predicate` holds, for ``FingerprintSearchOptions/selection``.
  ///
  /// Rows are tested once here, not in the scan, which then passes over those not chosen before
  /// anything is compared.
  ///
  /// - Throws: ``IndexError`` when identifiers are damaged.
  /// - Complexity: O(n), with every identifier read.
  public func select(
    _ predicate: (ReferenceID, SubjectID, FingerPosition) -> Bool
  ) throws(IndexError) -> RowSelection {
    var rows = RowBitmap(rowCount: content.rowCount)
    for (part, firstRow) in zip(content.parts, content.firstRows) {
      let codes = try part.withPositions(ofRows: 0..<part.rowCount) { Array($0) }
      for row in 0..<part.rowCount where !content.removed.contains(firstRow + row) {
        guard let position = FingerPosition(rawValue: codes[row]) else {
          throw part.positionDamage(ofRow: row)
        }
        let (reference, subject) = (try part.reference(ofRow: row), try part.subject(ofRow: row))
        if predicate(reference, subject, position) { rows.insert(firstRow + row) }
      }
    }
    return RowSelection(layout: content.layout, rows: rows)
  }
}
