import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchCrypto
import BiomatchLinkage

struct LinkSchemaInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Draft a linkage schema for a table.",
    discussion: """
      Looks at the first rows of a table: dates are compared digit by digit, columns \
      of few different values exactly, other texts by pairs of letters; the first \
      column is taken for the identifier and ignored. Salt and info are new and \
      random. A draft is to be read before it is used.

      Example:

        biomatch link schema init people.csv -o schema.json
      """
  )

  @Argument(help: "The table, CSV with a header; - is the standard input.")
  var file: String

  @Option(name: .shortAndLong, help: "The schema to write; - is the standard output.")
  var output = "-"

  @Option(name: .long, help: "How many rows to look at.")
  var rows = 1000

  func validate() throws {
    guard rows >= 1 else { throw ValidationError("--rows must be at least 1, found \(rows)") }
    try OutputPaths.check([output], names: "--output", inputs: [file])
  }

  func run() throws {
    let draft = try SchemaDraft(file: file, rows: rows)
    guard draft.features.contains(where: { $0.encoding != nil }) else {
      throw RecordError.broken(
        RecordFinding(
          rule: .empty,
          location: ErrorLocation(file: file),
          text: "behind its first column, the table must have a value from which to draft a schema"
        )
      )
    }
    let schema = try LinkageSchema(
      keyDerivation: .hkdf(
        HKDFSettings(
          salt: try SecureRandom.bytes(count: 64),
          info: try SecureRandom.bytes(count: 16)
        )
      ),
      features: draft.features
    )
    try OutputFile.write(Array(schema.json().utf8), to: output)
    guard output != "-" else { return }
    let ignored = draft.features.filter { $0.encoding == nil }.map(\.identifier)
    let note = ignored.isEmpty ? "" : ", ignored: \(ignored.joined(separator: ", "))"
    StandardOutput.write(
      "\(output): \(Plural.text(schema.features.count, "feature"))\(note)\n".shown
    )
  }
}

/// What the columns of a table seem to be.
struct SchemaDraft {
  let features: [LinkageFeature]

  init(file: String, rows limit: Int) throws {
    var reader = try CSVReader(file: file)
    var columns = Array(repeating: Column(), count: reader.header.count)
    for _ in 0..<limit {
      guard let row = try reader.nextRow() else { break }
      for index in columns.indices { columns[index].add(row[index]) }
    }
    features = zip(reader.header.strings, columns).enumerated().map { index, column in
      LinkageFeature(column.0, index == 0 ? nil : column.1.encoding)
    }
  }

  private struct Column {
    private static let dateFormats = ["%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%d.%m.%Y"]

    var values: [String: Int] = [:]
    var count = 0
    var hasEmpty = false

    mutating func add(_ value: String) {
      if value.isEmpty {
        hasEmpty = true
      } else {
        values[value, default: 0] += 1
        count += 1
      }
    }

    var encoding: FeatureEncoding? {
      guard count > 0 else { return nil }
      let missing = hasEmpty ? MissingValue(sentinel: "") : nil
      for format in Self.dateFormats.compactMap(DateFormat.init) {
        guard values.keys.allSatisfy({ format.matches($0) }) else { continue }
        return FeatureEncoding(
          format: .date(format),
          comparison: .ngrams(n: 1, positional: true),
          strategy: .bitsPerFeature(200),
          missingValue: missing
        )
      }
      let isRepetitive = values.count <= 300 && values.count * 5 <= count
      return FeatureEncoding(
        format: .text(TextFormat()),
        comparison: isRepetitive ? .exact : .ngrams(n: 2, positional: false),
        strategy: .bitsPerFeature(isRepetitive ? 50 : 200),
        missingValue: missing
      )
    }
  }
}
