import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Block keys of records: a CSV file with the columns id and key.
enum BlockKeyFile {
  /// The keys of each code; records without a row have none. Rows of others do not count, and are a warning.
  static func keys(_ path: String, of codes: Codes) throws -> [[String]] {
    // By their bytes: texts that look alike, but are written in other ways, are of different records.
    var rows = TextNumbers()
    for identifier in codes.identifiers { _ = rows.number(of: ArraySlice(identifier.string.utf8)) }
    var keys = [[String]](repeating: [], count: codes.count)
    var table = try CSVReader(file: path)
    let (id, key) = (try table.column("id"), try table.column("key"))
    var others = 0
    while let row = try table.nextRow() {
      if let number = rows.existing(row.bytes(of: id)) {
        keys[number].append(row[key])
      } else {
        others += 1
      }
    }
    if others > 0 {
      Warning(
        code: "link.block-keys-unknown",
        location: ErrorLocation(file: path),
        text: "\(Plural.text(others, "row")) of records without a code: they do not count"
      ).say()
    }
    return keys
  }
}

/// Block keys on their way to a file, which appears when it is complete; nothing without a file.
struct BlockKeyOutput: ~Copyable {
  private var file: ReplacementFile?
  private var csv = CSVWriter(columns: ["id", "key"])

  init(_ path: String?) throws {
    if let path { file = try ReplacementFile(replacing: path) }
  }

  mutating func write(_ batch: EncodedBatch) throws {
    for (identifier, keys) in zip(batch.identifiers, batch.blockKeys) {
      for key in keys { try csv.write([identifier.string, key]) }
    }
    try file?.write(csv.takeBytes())
  }

  consuming func finish() throws {
    try file?.write(csv.takeBytes())
    try file?.publish()
  }
}
