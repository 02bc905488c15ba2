import BiomatchCore

/// Records in NDJSON, an object a line, whose members are the features of a schema, in any order. Empty lines
/// and other members are passed over.
struct NDJSONRecords: ~Copyable {
  private let features: [LinkageFeature]
  private let identifierColumn: Int?
  private var lines: JSONLines

  static func isNamed(_ path: String) -> Bool { path.hasSuffix(".ndjson") }

  init(
    _ lines: consuming JSONLines,
    schema: LinkageSchema,
    identifierColumn: Int?
  ) {
    self.lines = lines
    self.identifierColumn = identifierColumn
    features = schema.features
  }

  /// The next record, with a field for each feature, or why it is none; `nil` at the end.
  mutating func next() throws(RecordError) -> Result<CSVRow, RecordError>? {
    let line: JSONLines.Line?
    do { line = try lines.next() } catch { throw .csv(error) }
    guard let line else { return nil }
    do throws(RecordError) { return .success(try record(line)) } catch { return .failure(error) }
  }

  private func record(_ line: JSONLines.Line) throws(RecordError) -> CSVRow {
    let place = line.location
    let document: JSONDocument
    do { document = try line.document.get() } catch {
      throw .broken(RecordFinding(rule: .object, location: error.location, text: error.rule))
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
    return CSVRow(fields: fields, file: place.file, line: place.line ?? 0)
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
