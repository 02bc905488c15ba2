import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Two records that are, or may be, of one person.
struct LinkedPair {
  var a: ReferenceID
  var b: ReferenceID
  var score: Double
}

/// Pairs on their way to a file, or to the standard output for `-`, batch by batch.
final class PairFile {
  static let fieldNames = ["a", "b", "score"]

  private let format: OutputFormat
  private var file: ReplacementFile?
  private var csv: CSVWriter
  private var count = 0

  init(_ path: String, format: OutputFormat) throws {
    self.format = format
    file = path == "-" ? nil : try ReplacementFile(replacing: path)
    csv = CSVWriter(columns: Self.fieldNames)
    if format == .json { try put("[") }
  }

  func write(_ pairs: [LinkedPair]) throws {
    var text = ""
    for pair in pairs {
      let row = Row([
        "a": .text(pair.a.string), "b": .text(pair.b.string), "score": .real(pair.score),
      ])
      switch format {
      case .csv: try csv.write(row.texts)
      case .ndjson: text += row.json + "\n"
      case .json: text += "\(count > 0 ? "," : "")\n  \(row.json)"
      case .table:
        if count == 0 { text += "a  b  score\n" }
        text += row.texts.joined(separator: "  ") + "\n"
      }
      count += 1
    }
    try put(text)
  }

  /// Ends the text and puts the file in its place.
  func finish() throws {
    switch format {
    case .json: try put(count == 0 ? "]\n" : "\n]\n")
    case .table: try put("\(Plural.text(count, "pair"))\n")
    case .csv, .ndjson: try put("")
    }
    try file?.publish()
  }

  private func put(_ text: String) throws {
    let bytes = (format == .csv ? csv.takeBytes() : []) + Array(text.utf8)
    if file == nil { return StandardOutput.write(bytes) }
    try file?.write(bytes)
  }
}
