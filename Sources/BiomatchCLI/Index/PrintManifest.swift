import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// A list of templates that are to be put into an index.
struct PrintManifest {
  /// A file, and whose print it holds.
  struct Row {
    /// Where the file is: relative paths go from the list's directory.
    var path: String
    /// The identifier of the sample, or of all samples of the file.
    var reference: String
    /// The identifier of the person; `nil` for a person of its own.
    var subject: String?
    /// Which finger; `nil` for what the template says.
    var position: FingerPosition?
    /// Where the row is, for errors.
    var location: ErrorLocation
  }

  let rows: [Row]

  /// Reads the CSV file with the column `path` and, where it has them, `reference`, `subject` and
  /// `position`; other columns are ignored. An empty field is as good as none.
  ///
  /// - Throws: `CSVError`.
  init(file: String) throws(CSVError) {
    var reader = try CSVReader(file: file)
    let path = try reader.column("path")
    let reference = try reader.columnIfPresent("reference")
    let subject = try reader.columnIfPresent("subject")
    let position = try reader.columnIfPresent("position")
    var rows: [Row] = []
    while let row = try reader.nextRow() {
      guard !row[path].isEmpty else {
        throw .badValue(at: row.location(of: path, name: "path"), expected: "a path", found: "")
      }
      rows.append(
        Row(
          path: ListedPath.resolve(row[path], beside: file),
          reference: reference.flatMap { Self.text(row[$0]) } ?? row[path],
          subject: subject.flatMap { Self.text(row[$0]) },
          position: try position.flatMap { column throws(CSVError) in
            try Self.position(of: row, column: column)
          },
          location: row.location(
            of: reference ?? path,
            name: reference == nil ? "path" : "reference"
          )
        )
      )
    }
    self.rows = rows
  }

  private static func text(_ field: String) -> String? { field.isEmpty ? nil : field }

  private static func position(
    of row: CSVRow,
    column: Int
  ) throws(CSVError) -> FingerPosition? {
    let field = row[column]
    guard !field.isEmpty else { return nil }
    guard let position = FingerPosition(label: field) else {
      throw .badValue(
        at: row.location(of: column, name: "position"),
        expected: "a finger position, right-index for example,",
        found: field
      )
    }
    return position
  }
}
