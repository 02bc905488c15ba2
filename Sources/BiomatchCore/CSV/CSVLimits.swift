/// How much of a CSV text is taken for one row, so that a malformed file cannot fill the memory.
public struct CSVLimits: Sendable, Hashable {
  /// The most bytes that the fields of one row may have together.
  public var rowBytes: Int
  /// The most fields that a row may have.
  public var fields: Int

  /// The given limits.
  public init(rowBytes: Int, fields: Int) {
    self.rowBytes = rowBytes
    self.fields = fields
  }

  /// 1 MiB and 8,192 fields.
  public static let standard = CSVLimits(rowBytes: 1 << 20, fields: 1 << 13)
}
