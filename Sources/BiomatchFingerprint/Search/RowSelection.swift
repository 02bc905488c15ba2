import BiomatchCore

/// Rows of one ``FingerprintSnapshot``, chosen by ``FingerprintSnapshot/select(_:)``.
public struct RowSelection: Sendable, Hashable {
  /// The order of rows that the numbers belong to.
  let layout: UInt64
  let rows: RowBitmap

  /// How many rows were chosen.
  public var count: Int { rows.count }
}
