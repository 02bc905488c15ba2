import BiomatchCore

/// How codes are kept in a file; docs/formats/linkage.md has the layouts.
public enum CodesFormat: String, Sendable, Hashable, CaseIterable {
  /// JSON: one object with the list `clks`, as clkhash writes it; reading also takes an object for each
  /// record with `id` and `clk`.
  case json
  /// A JSON object for each record, with `id` and `clk`, a line each.
  case ndjson
  /// CSV with the columns `id` and `clk`.
  case csv
  /// This library's container, with identifiers, checksums, the schema's digest and the secret's check.
  case codes
  /// The bytes of the codes one behind the other and nothing else, as the entity service of anonlink takes
  /// them; how long a code is has to be known.
  case bytes
  /// The same, but before each code its record's number in four bytes, the highest first, as that service
  /// keeps them.
  case packed

  /// The format that the name of a file tells: `.ndjson`, `.csv`, `.codes`, `.bytes`, `.packed`, and JSON for
  /// any other.
  public init(ofFile path: String) {
    self = Self.allCases.first { path.hasSuffix(".\($0.rawValue)") } ?? .json
  }
}

extension Codes {
  /// Reads the codes of the file at `path`; `-` is the standard input, for text.
  ///
  /// - Parameters:
  ///   - format: `nil` for what the name tells.
  ///   - bits: how many a code has, where the caller knows: ``CodesFormat/bytes`` and ``CodesFormat/packed``
  ///     do not tell, nor does a text without any code.
  ///   - schema: by which schema the codes of a text were made, where the caller knows.
  /// - Throws: ``CodesFileError``.
  /// - Complexity: O(bytes), with memory for the codes and one piece of the file.
  public init(
    file path: String,
    format: CodesFormat? = nil,
    bits: Int? = nil,
    schema: SchemaDigest? = nil
  ) throws(CodesFileError) {
    let builder = try CodesBuilder(path: path, bits: bits, schema: schema)
    let format = format ?? CodesFormat(ofFile: path)
    switch format {
    case .csv:
      let table: CSVReader
      do { table = try CSVReader(file: path) } catch { throw .csv(error) }
      self = try Self.read(table, builder).finished()
    case .codes:
      let read = try CodesContainer.read(path)
      guard let bits, bits != read.bits else {
        self = read
        return
      }
      // A container of no codes may not know how long they would be.
      guard read.bits == 0 else {
        throw .code(
          .codeLength(expected: builder.bytesPerCode, found: read.bytesPerRow),
          at: ErrorLocation(file: path)
        )
      }
      self = try CodesBuilder(path: path, bits: bits, schema: read.schema, secret: read.secret)
        .finished()
    case .json, .ndjson, .bytes, .packed:
      self = try Self.read(try FilePieces(path), format, builder).finished()
    }
  }

  /// Reads codes from what a file has, in memory; a container is a file.
  ///
  /// - Throws: ``CodesFileError``.
  public init(
    text: [UInt8],
    format: CodesFormat,
    bits: Int? = nil,
    schema: SchemaDigest? = nil
  ) throws(CodesFileError) {
    precondition(format != .codes, "a container is read from a file")
    let builder = try CodesBuilder(path: nil, bits: bits, schema: schema)
    guard format != .csv else {
      let table: CSVReader
      do { table = try CSVReader(bytes: text) } catch { throw .csv(error) }
      self = try Self.read(table, builder).finished()
      return
    }
    self = try Self.read(FilePieces(bytes: text, path: nil), format, builder).finished()
  }

  private static func read(
    _ pieces: consuming FilePieces,
    _ format: CodesFormat,
    _ builder: CodesBuilder
  ) throws(CodesFileError) -> CodesBuilder {
    switch format {
    case .bytes, .packed: try CodesBytes.read(pieces, isNumbered: format == .packed, builder)
    default: try CodesJSON.read(pieces, isList: format == .ndjson, builder)
    }
  }

  private static func read(
    _ table: consuming CSVReader,
    _ builder: CodesBuilder
  ) throws(CodesFileError) -> CodesBuilder {
    var builder = builder
    let columns: (id: Int, clk: Int)
    do { columns = (try table.column("id"), try table.column("clk")) } catch { throw .csv(error) }
    while let row = try nextRow(&table) {
      let place = row.location(of: columns.clk, name: "clk")
      let identifier: ReferenceID
      do { identifier = try ReferenceID(utf8: row.bytes(of: columns.id)) } catch {
        throw .identifier(error, at: row.location(of: columns.id, name: "id"))
      }
      guard let code = Base64.bytes(row[columns.clk]) else { throw .base64(at: place) }
      try builder.append(identifier, code, at: place)
    }
    return builder
  }

  private static func nextRow(_ table: inout CSVReader) throws(CodesFileError) -> CSVRow? {
    do { return try table.nextRow() } catch { throw .csv(error) }
  }

  /// Writes the codes to the file at `path`, which appears whole or not at all.
  ///
  /// - Parameter format: `nil` for what the name tells. JSON and the two of anonlink's service keep the codes
  ///   alone, CSV and NDJSON the identifiers too, the container everything.
  /// - Throws: ``CodesFileError``.
  public func write(to path: String, format: CodesFormat? = nil) throws(CodesFileError) {
    var writer = try CodesWriter(
      path: path,
      format: format,
      bits: bits,
      schema: schema,
      secret: secret
    )
    for start in stride(from: 0, to: count, by: Self.rowsPerPiece) {
      let rows = start..<min(start + Self.rowsPerPiece, count)
      try writer.append(
        identifiers[rows],
        words: words[rows.lowerBound * wordsPerRow..<rows.upperBound * wordsPerRow]
      )
    }
    try writer.publish()
  }

  private static let rowsPerPiece = 4096
}
