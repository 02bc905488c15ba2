import BiomatchCore

/// The records of a CSV table whose columns are the features of a schema, in order, or of a file of NDJSON
/// whose objects have them as members.
///
/// ```swift
/// var table = try RecordTable(file: "people.csv", schema: schema)
/// while let batch = try encoder.encode(&table) { use(batch) }
/// ```
public struct RecordTable: ~Copyable {
  /// What the first row of a table is.
  public enum Header: String, Sendable, Hashable, CaseIterable {
    /// The names of the columns, which are those of the features.
    case check
    /// Something that is passed over.
    case ignore
    /// A record.
    case none
  }

  /// How many records are taken at a time.
  public static let batchSize = 1 << 14

  let schema: LinkageSchema
  private let identifierColumn: Int?
  private var rows: CSVRows?
  private var objects: NDJSONRecords?
  private var count = 0
  private var identifiers: Set<ReferenceID> = []

  /// Opens the table of the file at `path`, or of the standard input for `-`: NDJSON where the file is named
  /// `.ndjson`, else CSV.
  ///
  /// A member is a text, a number, or `null` for no value. The members of an object have their names, so
  /// there is no header.
  ///
  /// - Parameter identifierColumn: the name of the feature that identifies records; without it the first
  ///   feature does if it is not encoded, and otherwise records are called `row0`, `row1` and so on.
  /// - Throws: ``RecordError``.
  public init(
    file path: String,
    schema: LinkageSchema,
    header: Header = .check,
    identifierColumn: String? = nil
  ) throws(RecordError) {
    guard !NDJSONRecords.isNamed(path) else {
      let lines: JSONLines
      do { lines = try JSONLines(path) } catch { throw .csv(.file(error)) }
      try self.init(lines, schema: schema, identifierColumn: identifierColumn)
      return
    }
    let rows: CSVRows
    do { rows = try CSVRows(file: path) } catch { throw .csv(error) }
    try self.init(rows, schema: schema, header: header, identifierColumn: identifierColumn)
  }

  /// Opens a table in memory.
  ///
  /// - Throws: ``RecordError``.
  public init(
    bytes: [UInt8],
    schema: LinkageSchema,
    header: Header = .check,
    identifierColumn: String? = nil
  ) throws(RecordError) {
    try self.init(
      CSVRows(bytes: bytes),
      schema: schema,
      header: header,
      identifierColumn: identifierColumn
    )
  }

  /// Opens NDJSON in memory.
  ///
  /// - Throws: ``RecordError``.
  public init(
    objects bytes: [UInt8],
    schema: LinkageSchema,
    identifierColumn: String? = nil
  ) throws(RecordError) {
    try self.init(JSONLines(bytes: bytes), schema: schema, identifierColumn: identifierColumn)
  }

  private init(
    _ rows: consuming CSVRows,
    schema: LinkageSchema,
    header: Header,
    identifierColumn name: String?
  ) throws(RecordError) {
    let column = try Self.identifierColumn(name, of: schema)
    if header != .none {
      let first: CSVRow?
      do { first = try rows.next() } catch { throw .csv(error) }
      guard let first else { throw .csv(.missingHeader(at: rows.location)) }
      if header == .check { try Self.check(first, schema) }
    }
    self.schema = schema
    self.rows = consume rows
    objects = nil
    identifierColumn = column
  }

  private init(
    _ lines: consuming JSONLines,
    schema: LinkageSchema,
    identifierColumn name: String?
  ) throws(RecordError) {
    let column = try Self.identifierColumn(name, of: schema)
    self.schema = schema
    objects = NDJSONRecords(lines, schema: schema, identifierColumn: column)
    rows = nil
    identifierColumn = column
  }

  private static func identifierColumn(
    _ name: String?,
    of schema: LinkageSchema
  ) throws(RecordError) -> Int? {
    guard let name else { return schema.features.first?.encoding == nil ? 0 : nil }
    let found = schema.features.firstIndex { $0.identifier.utf8.elementsEqual(name.utf8) }
    guard let found else {
      throw .broken(
        RecordFinding(
          rule: .header,
          location: ErrorLocation(),
          text: "the schema has no feature '\(name)' that could identify records"
        )
      )
    }
    return found
  }

  private static func check(_ header: CSVRow, _ schema: LinkageSchema) throws(RecordError) {
    func fault(_ column: Int, _ text: String) -> RecordError {
      let place = header.location(of: min(column, header.count - 1))
      return .broken(RecordFinding(rule: .header, location: place, text: text))
    }
    for (index, feature) in schema.features.enumerated() where index < header.count {
      guard header.bytes(of: index).elementsEqual(feature.identifier.utf8) else {
        throw fault(
          index,
          "column \(index + 1) must be '\(feature.identifier)' by the schema, found '\(header[index])'"
        )
      }
    }
    guard header.count == schema.features.count else {
      throw fault(
        header.count,
        "the table must have the schema's \(schema.features.count) columns, found \(header.count)"
      )
    }
  }

  /// The next records and those that cannot be taken; `nil` at the end.
  ///
  /// - Throws: ``RecordError/csv(_:)`` where the text is no table any more.
  mutating func next() throws(RecordError) -> RecordBatch? {
    var batch = RecordBatch()
    batch.rows.reserveCapacity(Self.batchSize)
    batch.identifiers.reserveCapacity(Self.batchSize)
    while batch.rows.count + batch.rejects.count < Self.batchSize {
      guard let taken = try nextRow() else { break }
      do throws(RecordError) {
        let row = try taken.get()
        batch.byteCount += row.byteCount
        let identifier = try identifier(of: row)
        batch.rows.append(row)
        batch.identifiers.append(identifier)
      } catch {
        batch.rejects.append(error)
      }
      count += 1
    }
    return batch.rows.isEmpty && batch.rejects.isEmpty ? nil : batch
  }

  private mutating func nextRow() throws(RecordError) -> Result<CSVRow, RecordError>? {
    if objects != nil { return try objects?.next() }
    do { return try rows?.next().map { .success($0) } } catch { throw .csv(error) }
  }

  private mutating func identifier(of row: CSVRow) throws(RecordError) -> ReferenceID {
    guard row.count == schema.features.count else {
      throw .broken(
        RecordFinding(
          rule: .fields,
          location: row.location(of: 0),
          text: "a row must have \(schema.features.count) fields, found \(row.count)"
        )
      )
    }
    let name = identifierColumn.map { schema.features[$0].identifier }
    let identifier: ReferenceID
    do throws(IdentifierError) {
      if let column = identifierColumn {
        identifier = try ReferenceID(utf8: row.bytes(of: column))
      } else {
        identifier = try ReferenceID("row\(count)")
      }
    } catch {
      throw .broken(
        RecordFinding(
          rule: .identifier,
          location: row.location(of: identifierColumn ?? 0, name: name),
          text: error.rule
        )
      )
    }
    guard identifiers.insert(identifier).inserted else {
      throw .broken(
        RecordFinding(
          rule: .duplicate,
          location: row.location(of: identifierColumn ?? 0, name: name),
          text: "a record must have an identifier of its own, and '\(identifier)' came before"
        )
      )
    }
    return identifier
  }
}

/// Some rows of a table.
struct RecordBatch {
  var rows: [CSVRow] = []
  /// Those of the rows.
  var identifiers: [ReferenceID] = []
  /// Rows that are none.
  var rejects: [RecordError] = []
  /// How much of the file they took, about.
  var byteCount = 0
}

/// Codes of some records of a table, with their identifiers, and the records that have none.
public struct EncodedBatch: Sendable, Hashable {
  /// The identifiers of the records.
  public var identifiers: [ReferenceID] = []
  /// The words of their codes, ``LinkageSchema/wordsPerCode`` each.
  public var words: [UInt64] = []
  /// Their block keys, where there are any; see ``BlockKeyer``.
  public var blockKeys: [[String]] = []
  /// Why others have no code, in the order of the table.
  public var rejects: [RecordError] = []
  /// How much of the file they took in bytes, about.
  public var byteCount = 0
}

extension RecordEncoder {
  /// Encodes the next records of a table, at most ``RecordTable/batchSize``; `nil` at the end.
  ///
  /// Records that break a rule, and those without any token, are among the rejects.
  ///
  /// - Parameter blocks: makes block keys of the records too.
  /// - Throws: ``RecordError`` where the text is no table any more, or when OpenSSL fails.
  public func encode(
    _ table: inout RecordTable,
    blocks: BlockKeyer? = nil,
    threads: Int = ParallelScan.processorCount
  ) throws(RecordError) -> EncodedBatch? {
    guard let batch = try table.next() else { return nil }
    let encoded: EncodedRows
    do { encoded = try encode(batch.rows, threads: threads) } catch { throw .crypto(error) }
    var result = EncodedBatch()
    result.byteCount = batch.byteCount
    result.rejects = batch.rejects + encoded.failures.map(\.error)
    let failed = Set(encoded.failures.map(\.row))
    let size = schema.wordsPerCode
    func addBlockKeys(_ row: Int) throws(RecordError) {
      guard let blocks else { return }
      do { result.blockKeys.append(try blocks.codes(of: batch.rows[row])) } catch {
        throw .block(error)
      }
    }
    let isWhole = failed.isEmpty && !encoded.tokenCounts.contains(0)
    if isWhole {
      result.identifiers = batch.identifiers
      result.words = encoded.words
      for row in batch.rows.indices { try addBlockKeys(row) }
    } else {
      for row in batch.rows.indices where !failed.contains(row) {
        guard encoded.tokenCounts[row] > 0 else {
          result.rejects.append(Self.emptyRecord(batch.rows[row]))
          continue
        }
        result.identifiers.append(batch.identifiers[row])
        result.words += encoded.words[row * size..<(row + 1) * size]
        try addBlockKeys(row)
      }
    }
    result.rejects.sort { ($0.location.line ?? 0) < ($1.location.line ?? 0) }
    return result
  }

  private static func emptyRecord(_ row: CSVRow) -> RecordError {
    .broken(
      RecordFinding(
        rule: .empty,
        location: row.location(of: 0),
        text: "a record must have at least one value to encode"
      )
    )
  }
}
