import BiomatchCore

/// Records in NDJSON, an object a line, whose members are the features of a schema, in any order. Empty lines
/// and other members are passed over.
struct NDJSONRecords: ~Copyable {
  private static let lineLimit = 1 << 16

  private let path: String
  private let features: [LinkageFeature]
  private let identifierColumn: Int?
  private var lines: TextLines

  static func isNamed(_ path: String) -> Bool { path.hasSuffix(".ndjson") }

  init(
    _ path: String,
    schema: LinkageSchema,
    identifierColumn: Int?
  ) throws(RecordError) {
    self.path = path
    self.identifierColumn = identifierColumn
    features = schema.features
    do { lines = try TextLines(path, limit: Self.lineLimit) } catch { throw .csv(.file(error)) }
  }

  /// The next record, with a field for each feature, or why it is none; `nil` at the end.
  mutating func next() throws(RecordError) -> Result<CSVRow, RecordError>? {
    while let (bytes, line) = try nextLine() {
      let place = ErrorLocation(file: path, line: line)
      guard bytes.count <= Self.lineLimit else {
        throw .csv(.rowTooLong(at: place, limit: Self.lineLimit))
      }
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      do throws(RecordError) { return .success(try record(Array(bytes), place)) } catch {
        return .failure(error)
      }
    }
    return nil
  }

  private mutating func nextLine() throws(RecordError) -> (bytes: ArraySlice<UInt8>, line: Int)? {
    do { return try lines.next() } catch { throw .csv(.file(error)) }
  }

  private func record(_ bytes: [UInt8], _ place: ErrorLocation) throws(RecordError) -> CSVRow {
    let document: JSONDocument
    do { document = try JSONScanner.document(bytes, file: path) } catch {
      var place = place
      place.column = error.location.column
      throw .broken(RecordFinding(rule: .object, location: place, text: error.rule))
    }
    guard case .object = document else {
      throw .broken(
        RecordFinding(
          rule: .object,
          location: place,
          text: "a line must be an object, found \(document.kind)"
        )
      )
    }
    var fields: [String] = []
    for (column, feature) in features.enumerated() {
      let isNeeded = feature.encoding != nil || column == identifierColumn
      fields.append(try field(feature.identifier, of: document, isNeeded, place))
    }
    return CSVRow(fields: fields, file: path, line: place.line ?? 0)
  }

  /// The text of a member: a text, the digits of a number, or nothing for `null`.
  private func field(
    _ name: String,
    of document: JSONDocument,
    _ isNeeded: Bool,
    _ place: ErrorLocation
  ) throws(RecordError) -> String {
    let found: String
    switch document[name] {
    case .string(let text): return text
    case .number(let digits): return digits
    case .null: return ""
    case nil:
      guard isNeeded else { return "" }
      found = "no such member"
    case let value?: found = value.kind
    }
    var place = place
    place.field = name
    throw .broken(
      RecordFinding(
        rule: .fields,
        location: place,
        text: "a record must have a text, a number or null for '\(name)', found \(found)"
      )
    )
  }
}
