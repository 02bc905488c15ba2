import BiomatchCore

/// The CSV scanner, fed whole and in pieces, and what the writer makes of the rows.
let csvTargets: [FuzzTarget] = [
  FuzzTarget(name: "csv") { input in
    // The first byte chooses the size of the pieces, and limits that can be reached.
    let choice = Int(input.first ?? 0)
    let text = Array(input.dropFirst())
    let limits = choice & 1 == 0 ? .standard : CSVLimits(rowBytes: 16, fields: 4)
    let whole = scan(text, pieceSize: max(text.count, 1), limits)
    let pieces = scan(text, pieceSize: choice / 2 % 7 + 1, limits)
    precondition(whole == pieces, "the rows depend on how the text is cut")
    if whole.failure == nil { checkRoundTrip(of: whole.rows) }
  }
]

private struct Scan: Equatable {
  var rows: [CSVRow] = []
  /// Code and place of the error that ended the scan.
  var failure: [String]?
}

private func scan(_ text: [UInt8], pieceSize: Int, _ limits: CSVLimits) -> Scan {
  var scan = Scan()
  var scanner = CSVScanner(limits: limits)
  do throws(CSVError) {
    for start in stride(from: 0, to: text.count, by: pieceSize) {
      scanner.feed(Array(text[start..<min(start + pieceSize, text.count)]))
      while let row = try scanner.nextRow() { scan.rows.append(row) }
    }
    scanner.finish()
    while let row = try scanner.nextRow() { scan.rows.append(row) }
  } catch {
    scan.failure = [error.code, error.description]
  }
  return scan
}

/// Rows of equal length come back from the writer field by field.
private func checkRoundTrip(of rows: [CSVRow]) {
  guard let header = rows.first, rows.allSatisfy({ $0.count == header.count }) else { return }
  do {
    var writer = CSVWriter(columns: header.strings)
    for row in rows.dropFirst() { try writer.write(row.strings) }
    var reader = try CSVReader(bytes: writer.takeBytes())
    precondition(reader.header.strings == header.strings, "the header changed")
    for row in rows.dropFirst() {
      let again = try reader.nextRow()
      precondition(again?.strings == row.strings, "a row changed")
    }
    let last = try reader.nextRow()
    precondition(last == nil, "a row appeared")
  } catch {
    preconditionFailure("what was written is not read: \(error)")
  }
}
