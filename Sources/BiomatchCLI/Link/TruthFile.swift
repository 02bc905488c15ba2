import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Which person each record is of: a CSV file whose first column has identifiers of records, the second
/// those of persons.
enum TruthFile {
  /// The person of each code; `nil` for a record that the file does not have.
  static func persons(_ path: String, of codes: Codes) throws -> [String?] {
    var table = try CSVReader(file: path)
    guard table.header.count >= 2 else {
      throw CSVError.raggedRow(at: table.header.location(of: 0), expected: 2, found: 1)
    }
    // By their bytes: texts that look alike, but are written in other ways, are of different records.
    var records = TextNumbers()
    var persons: [String] = []
    while let row = try table.nextRow() {
      guard records.number(of: row.bytes(of: 0)) == persons.count else {
        throw CSVError.badValue(
          at: row.location(of: 0),
          expected: "an identifier that did not come before",
          found: row[0]
        )
      }
      persons.append(row[1])
    }
    let known = codes.identifiers.map { identifier in
      records.existing(ArraySlice(identifier.string.utf8)).map { persons[$0] }
    }
    let missing = known.count { $0 == nil }
    if missing > 0 {
      Warning(
        code: "link.truth-missing",
        location: ErrorLocation(file: path),
        text: "\(Plural.text(missing, "record")) of the table have no person here: "
          + "they count as of other people"
      ).say()
    }
    return known
  }
}
