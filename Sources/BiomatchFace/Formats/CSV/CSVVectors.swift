import BiomatchCore

/// Vectors that are rows of a CSV file.
struct CSVVectors: ~Copyable {
  private let path: String
  private let options: FaceVectorCSVOptions
  private var rows: CSVRows
  private let columns: FaceVectorColumns
  /// A row that was read to tell the columns, and is a vector.
  private var pending: CSVRow?
  /// The row to be read next.
  private(set) var row = 0

  var dimension: Int { columns.dimension }

  init(_ path: String, options: FaceVectorCSVOptions) throws(FaceVectorFileError) {
    var rows: CSVRows
    do { rows = try CSVRows(file: path) } catch { throw .csv(error) }
    guard let first = try Self.nextRow(of: &rows) else { throw .noRows(path: path) }
    let columns = try FaceVectorColumns(first, options: options)
    guard FaceVectors.dimensions.contains(columns.dimension) else {
      throw .vector(.dimension(columns.dimension), at: first.location(of: 0))
    }
    self.path = path
    self.options = options
    self.columns = columns
    pending = columns.hasHeader ? nil : first
    self.rows = consume rows
  }

  /// The next rows, at most so many; `nil` at the end.
  mutating func next(_ maximumRows: Int) throws(FaceVectorFileError) -> FaceVectorBatch? {
    let firstRow = row
    var values: [Float] = []
    var references: [ReferenceID]? = columns.reference == nil ? nil : []
    var subjects: [SubjectID]? = columns.subject == nil ? nil : []
    while row - firstRow < maximumRows, let fields = try nextRow() {
      try appendValues(of: fields, to: &values)
      if let column = columns.reference {
        references?.append(
          try identifier(in: fields, column: column) { bytes throws(IdentifierError) in
            try ReferenceID(utf8: bytes)
          }
        )
      }
      if let column = columns.subject {
        subjects?.append(
          try identifier(in: fields, column: column) { bytes throws(IdentifierError) in
            try SubjectID(utf8: bytes)
          }
        )
      }
      row += 1
    }
    guard row > firstRow else { return nil }
    return FaceVectorBatch(
      firstRow: firstRow,
      vectors: FaceVectors(dimension: dimension, checked: values),
      references: references,
      subjects: subjects
    )
  }

  /// Passes over rows, whose numbers are not looked at.
  ///
  /// - Returns: `false` when there are not so many.
  mutating func skip(_ count: Int) throws(FaceVectorFileError) -> Bool {
    for _ in 0..<count {
      guard try nextRow() != nil else { return false }
      row += 1
    }
    return true
  }

  /// Goes back to the first row.
  ///
  /// - Returns: `false` where that cannot be done.
  mutating func rewind() throws(FaceVectorFileError) -> Bool {
    guard rows.isRepeatable else { return false }
    let again = try CSVVectors(path, options: options)
    guard again.columns == columns else {
      throw .otherDimension(
        at: ErrorLocation(file: path),
        expected: dimension,
        found: again.dimension
      )
    }
    self = again
    return true
  }

  // MARK: Rows

  private mutating func nextRow() throws(FaceVectorFileError) -> CSVRow? {
    if let row = pending {
      pending = nil
      return row
    }
    guard let fields = try Self.nextRow(of: &rows) else { return nil }
    guard fields.count == columns.count else {
      throw .otherDimension(
        at: ErrorLocation(file: path, line: fields.location(of: 0).line, row: row),
        expected: dimension,
        found: fields.count - (columns.count - dimension)
      )
    }
    return fields
  }

  private static func nextRow(of rows: inout CSVRows) throws(FaceVectorFileError) -> CSVRow? {
    do { return try rows.next() } catch { throw .csv(error) }
  }

  private func appendValues(
    of fields: CSVRow,
    to values: inout [Float]
  ) throws(FaceVectorFileError) {
    let start = values.count
    for field in 0..<fields.count where field != columns.reference && field != columns.subject {
      guard let value = DecimalNumber.float(fields.bytes(of: field)) else {
        throw .notANumber(
          at: location(of: field, in: fields, value: values.count - start),
          found: fields[field]
        )
      }
      values.append(value)
    }
    switch FaceVectors.firstFault(in: values, from: start, dimension: dimension) {
    case .notFinite(_, let value):
      let field = columns.field(ofValue: value)
      let place = location(of: field, in: fields, value: value)
      if fields.bytes(of: field).contains(where: { (0x30...0x39).contains($0) }) {
        throw .overflow(at: place)
      }
      throw .vector(.notFinite(row: row, column: value), at: place)
    case .some:
      throw .vector(
        .zeroNorm(row: row),
        at: ErrorLocation(file: path, line: fields.location(of: 0).line, row: row)
      )
    case nil: break
    }
  }

  private func identifier<Identifier>(
    in fields: CSVRow,
    column: Int,
    _ make: (ArraySlice<UInt8>) throws(IdentifierError) -> Identifier
  ) throws(FaceVectorFileError) -> Identifier {
    do {
      return try make(fields.bytes(of: column))
    } catch {
      throw .identifier(error, at: location(of: column, in: fields, value: nil))
    }
  }

  private func location(of field: Int, in fields: CSVRow, value: Int?) -> ErrorLocation {
    let place = fields.location(of: field)
    return ErrorLocation(
      file: path,
      line: place.line,
      column: place.column,
      row: row,
      value: value
    )
  }
}
