import Biomatch
import BiomatchCore

/// Prints rows in one of the machine formats.
enum RowPrinter {
  /// The rows as text; `names` is the header where there is no row to take it from.
  static func text(_ rows: [Row], names: [String], format: OutputFormat) throws -> String {
    switch format {
    case .table:
      return TextTable(header: names, rows: rows.map(\.cells)).text
    case .json:
      return rows.isEmpty
        ? "[]\n" : "[\n" + rows.map { "  " + $0.json }.joined(separator: ",\n") + "\n]\n"
    case .ndjson:
      return rows.map { $0.json + "\n" }.joined()
    case .csv:
      var writer = CSVWriter(columns: names)
      for row in rows { try writer.write(row.texts) }
      return String(decoding: writer.takeBytes(), as: UTF8.self)
    }
  }
}

extension Row {
  /// Prints an answer that is this one row; for people in words.
  func print(_ format: OutputFormat, text: String) throws {
    StandardOutput.write(
      try format == .table
        ? text.shown + "\n" : RowPrinter.text([self], names: names, format: format)
    )
  }
}
