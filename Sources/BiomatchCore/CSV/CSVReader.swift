/// Reads a table in CSV after RFC 4180, row by row, whose first row names the columns.
///
/// ```swift
/// var people = try CSVReader(file: "people.csv")
/// let name = try people.column("name")
/// while let row = try people.nextRow() { print(row[name]) }
/// ```
///
/// Every row has as many fields as the header. ``CSVScanner`` has the grammar.
public struct CSVReader: ~Copyable {
  /// The names of the columns.
  public let header: CSVRow
  /// Whether the rows can be read again from the same path: a pipe has them once.
  package var isRepeatable: Bool { rows.isRepeatable }
  private var rows: CSVRows

  /// Opens the file at `path`, or the standard input for `-`, and reads the header.
  ///
  /// - Throws: ``CSVError``.
  public init(file path: String, limits: CSVLimits = .standard) throws(CSVError) {
    try self.init(rows: CSVRows(file: path, limits: limits))
  }

  /// Reads the header of a table in memory.
  ///
  /// - Parameter file: the name to be given in errors.
  /// - Throws: ``CSVError``.
  public init(
    bytes: [UInt8],
    file: String? = nil,
    limits: CSVLimits = .standard
  ) throws(CSVError) {
    try self.init(rows: CSVRows(bytes: bytes, file: file, limits: limits))
  }

  private init(rows: consuming CSVRows) throws(CSVError) {
    guard let header = try rows.next() else { throw .missingHeader(at: rows.location) }
    self.header = header
    self.rows = rows
  }

  /// The number of the column with that name, counted from zero; `nil` when there is none.
  ///
  /// - Throws: ``CSVError/duplicateColumn(at:name:)``.
  public func columnIfPresent(_ name: String) throws(CSVError) -> Int? {
    var found: Int?
    for index in 0..<header.count where header.bytes(of: index).elementsEqual(name.utf8) {
      guard found == nil else {
        throw .duplicateColumn(at: header.location(of: index), name: name)
      }
      found = index
    }
    return found
  }

  /// The number of the column with that name, counted from zero.
  ///
  /// - Throws: ``CSVError`` when there is none or more than one.
  public func column(_ name: String) throws(CSVError) -> Int {
    if let column = try columnIfPresent(name) { return column }
    throw .missingColumn(at: header.location(of: 0), name: name, found: header.strings)
  }

  /// The next row after the header; `nil` at the end.
  ///
  /// - Throws: ``CSVError``.
  public mutating func nextRow() throws(CSVError) -> CSVRow? {
    guard let row = try rows.next() else { return nil }
    guard row.count == header.count else {
      let place =
        row.count > header.count
        ? row.location(of: header.count)
        : ErrorLocation(file: row.file, line: row.endLine, column: row.endColumn)
      throw .raggedRow(at: place, expected: header.count, found: row.count)
    }
    return row
  }
}
