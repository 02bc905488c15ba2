import BiomatchCore
import BiomatchCrypto
import BiomatchLinkage
import Foundation

/// Times the encoding of records on request, so that a script can take turns between systems.
///
///     encoding-timer SCHEMA SECRET TABLE
///
/// Reads the rows of the file TABLE, which has no header, and writes how many there are. Then for each
/// line read, `cold`, `warm` or `table`, it encodes all of them on one thread and writes the seconds: with
/// a new encoder, with one that has met these tokens, or from the file on, with a new one.
@main
struct EncodingTimer {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else {
      FileHandle.standardError.write(Data("encoding-timer SCHEMA SECRET TABLE\n".utf8))
      exit(64)
    }
    let schema = try LinkageSchema.read(arguments[1]).schema
    let secret = SecretBytes(copying: try FileBytes.read(arguments[2]))
    var scanner = CSVScanner()
    scanner.feed(try FileBytes.read(arguments[3]))
    scanner.finish()
    var rows: [CSVRow] = []
    while let row = try scanner.nextRow() { rows.append(row) }
    let warm = try RecordEncoder(schema: schema, secret: secret)
    try check(try warm.encode(rows, threads: 1), rows.count)
    answer(String(rows.count))

    while let line = readLine() {
      let clock = ContinuousClock()
      let time =
        switch line {
        case "warm":
          try clock.measure { try check(try warm.encode(rows, threads: 1), rows.count) }
        case "cold":
          try clock.measure {
            let encoder = try RecordEncoder(schema: schema, secret: secret)
            try check(try encoder.encode(rows, threads: 1), rows.count)
          }
        default:
          try clock.measure {
            let encoder = try RecordEncoder(schema: schema, secret: secret)
            var table = try RecordTable(file: arguments[3], schema: schema, header: .none)
            while let batch = try encoder.encode(&table, threads: 1) {
              guard batch.rejects.isEmpty else { throw CocoaError(.fileReadCorruptFile) }
            }
          }
        }
      answer(String(time / .seconds(1)))
    }
  }

  private static func check(_ encoded: EncodedRows, _ count: Int) throws {
    guard encoded.failures.isEmpty, encoded.tokenCounts.count == count else {
      throw CocoaError(.fileReadCorruptFile)
    }
  }

  /// Not `print`, whose buffer would keep the answer from a script that waits for it.
  private static func answer(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }
}
