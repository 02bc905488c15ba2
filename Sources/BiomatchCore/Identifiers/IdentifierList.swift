/// Reads lists of identifiers that lie beside samples: labels, which say whose sample each is, and
/// identifiers of the samples.
///
/// ```swift
/// let subjects = try IdentifierList.subjects("labels.txt", count: vectors.count)
/// let references = try IdentifierList.references("people.csv", column: "id")
/// ```
///
/// Without a column the file has one identifier a line, ended by LF or CR LF; the last line may lack
/// its end, and a byte-order mark at the start is passed over. A line is taken as it is, spaces
/// included. With a column the file is a CSV table whose first row names the columns.
public enum IdentifierList {
  /// The persons of the file at `path`, or of the standard input for `-`; one may come many times.
  ///
  /// - Parameters:
  ///   - column: the name of a CSV column; `nil` for one identifier a line.
  ///   - count: how many there must be; `nil` for any number.
  /// - Throws: ``IdentifierListError``.
  /// - Complexity: O(bytes), with memory for the identifiers.
  public static func subjects(
    _ path: String,
    column: String? = nil,
    count: Int? = nil
  ) throws(IdentifierListError) -> [SubjectID] {
    try read(path, column: column, kind: .subject, count: count, areUnique: false)
  }

  /// The samples of the file at `path`, or of the standard input for `-`; no two are alike.
  ///
  /// - Parameters:
  ///   - column: the name of a CSV column; `nil` for one identifier a line.
  ///   - count: how many there must be; `nil` for any number.
  /// - Throws: ``IdentifierListError``.
  /// - Complexity: O(bytes), with memory for the identifiers.
  public static func references(
    _ path: String,
    column: String? = nil,
    count: Int? = nil
  ) throws(IdentifierListError) -> [ReferenceID] {
    try read(path, column: column, kind: .reference, count: count, areUnique: true)
  }

  private static func read<Identifier: ListedIdentifier>(
    _ path: String,
    column: String?,
    kind: IdentifierKind,
    count: Int?,
    areUnique: Bool
  ) throws(IdentifierListError) -> [Identifier] {
    var entries = try IdentifierEntries(path, column: column)
    var identifiers: [Identifier] = []
    var seen: Set<Identifier> = []
    while let (bytes, place) = try entries.next() {
      let identifier: Identifier
      do { identifier = try Identifier(utf8: bytes) } catch {
        throw .identifier(error, at: place)
      }
      if areUnique, !seen.insert(identifier).inserted {
        let first = identifiers.firstIndex(of: identifier) ?? 0
        throw .duplicate(at: place, identifier: "\(identifier)", firstEntry: first)
      }
      identifiers.append(identifier)
    }
    guard count == nil || count == identifiers.count else {
      throw .count(path: path, kind: kind, expected: count ?? 0, found: identifiers.count)
    }
    return identifiers
  }
}

/// What an identifier must be able to do to be listed.
private protocol ListedIdentifier: Hashable {
  init(utf8: some Sequence<UInt8>) throws(IdentifierError)
}

extension SubjectID: ListedIdentifier {}
extension ReferenceID: ListedIdentifier {}

/// The texts of a list and where they are, line by line or out of a column.
private struct IdentifierEntries: ~Copyable {
  private static let lineLimit = 4096

  private let path: String
  private var lines: TextLines?
  private var table: CSVReader?
  private var column = 0
  private let columnName: String?

  init(_ path: String, column name: String?) throws(IdentifierListError) {
    if let name {
      try self.init(path, table: name)
    } else {
      try self.init(lines: path)
    }
  }

  private init(lines path: String) throws(IdentifierListError) {
    let lines: TextLines
    do { lines = try TextLines(path, limit: Self.lineLimit) } catch { throw .file(error) }
    self.path = path
    self.lines = consume lines
    table = nil
    columnName = nil
  }

  private init(_ path: String, table name: String) throws(IdentifierListError) {
    let table: CSVReader
    let column: Int
    do { table = try CSVReader(file: path) } catch { throw .csv(error) }
    do { column = try table.column(name) } catch { throw .csv(error) }
    self.path = path
    self.column = column
    self.table = consume table
    lines = nil
    columnName = name
  }

  mutating func next() throws(IdentifierListError) -> (ArraySlice<UInt8>, ErrorLocation)? {
    do throws(CSVError) {
      if let row = try table?.nextRow() {
        return (row.bytes(of: column), row.location(of: column, name: columnName))
      }
    } catch {
      throw .csv(error)
    }
    return try nextLine()
  }

  private mutating func nextLine() throws(IdentifierListError) -> (
    ArraySlice<UInt8>, ErrorLocation
  )? {
    let next: (bytes: ArraySlice<UInt8>, line: Int)?
    do throws(FileError) {
      next = try lines?.next()
    } catch {
      throw .file(error)
    }
    guard let next else { return nil }
    let place = ErrorLocation(file: path, line: next.line)
    guard next.bytes.count <= Self.lineLimit else {
      throw .lineTooLong(at: place, limit: Self.lineLimit)
    }
    guard !next.bytes.contains(UInt8(ascii: "\r")) else { throw .carriageReturn(at: place) }
    return (next.bytes, place)
  }
}
