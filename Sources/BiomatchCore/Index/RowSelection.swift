/// Rows of one state of an index, chosen by their identifiers and labels; the snapshot of another state
/// refuses them.
public struct RowSelection: Sendable, Hashable {
  /// The order of rows that the numbers belong to.
  package let layout: UInt64
  package let rows: RowBitmap

  package init(layout: UInt64, rows: RowBitmap) {
    self.layout = layout
    self.rows = rows
  }

  /// How many rows were chosen.
  public var count: Int { rows.count }
}
