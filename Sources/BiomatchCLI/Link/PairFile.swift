import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Pairs of records that are, or may be, of one person, on their way to a file, or to the standard output for
/// `-`, batch by batch.
final class PairFile {
  private let format: OutputFormat
  private let a: [ReferenceID]
  private let b: [ReferenceID]
  private var file: ReplacementFile?
  private var count = 0

  /// - Parameter a, b: the identifiers of both sides by row.
  init(_ path: String, format: OutputFormat, a: [ReferenceID], b: [ReferenceID]) throws {
    self.format = format
    self.a = a
    self.b = b
    file = path == "-" ? nil : try ReplacementFile(replacing: path)
    switch format {
    case .csv: try put(Array("a,b,score\n".utf8))
    case .json: try put([UInt8(ascii: "[")])
    case .table, .ndjson: break
    }
  }

  func write(_ pairs: [CandidatePair]) throws {
    var text: [UInt8] = []
    text.reserveCapacity(pairs.count * 64)
    for pair in pairs {
      let (start, middle, score, end) = pieces
      text += start.utf8
      append(a[pair.a], to: &text)
      text += middle.utf8
      append(b[pair.b], to: &text)
      text += score.utf8
      text += JSONText.number(pair.score).utf8
      text += end.utf8
      count += 1
    }
    try put(text)
  }

  /// Ends the text and puts the file in its place.
  func finish() throws {
    switch format {
    case .json: try put(Array((count == 0 ? "]\n" : "\n]\n").utf8))
    case .table: try put(Array("\(Plural.text(count, "pair"))\n".utf8))
    case .csv, .ndjson: break
    }
    try file?.publish()
  }

  /// What stands before, between and behind the identifiers and the score of the next pair.
  private var pieces: (start: String, middle: String, score: String, end: String) {
    switch format {
    case .csv: ("", ",", ",", "\n")
    case .ndjson: (#"{"a":"#, #","b":"#, #","score":"#, "}\n")
    case .json: (count == 0 ? "\n  {\"a\":" : ",\n  {\"a\":", #","b":"#, #","score":"#, "}")
    case .table: (count == 0 ? "a  b  score\n" : "", "  ", "  ", "\n")
    }
  }

  private func append(_ identifier: ReferenceID, to text: inout [UInt8]) {
    let utf8 = identifier.string.utf8
    let isPlain = utf8.allSatisfy {
      $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x2C && $0 != 0x5C
    }
    switch format {
    case .csv where !isPlain: text += CSVWriter.text(of: identifier.string)
    case .table where !isPlain: text += identifier.string.shownInRow.utf8
    case .csv, .table: text += utf8
    case .json where !isPlain, .ndjson where !isPlain:
      text += JSONText.quote(identifier.string).utf8
    case .json, .ndjson:
      text.append(UInt8(ascii: "\""))
      text += utf8
      text.append(UInt8(ascii: "\""))
    }
  }

  private func put(_ bytes: [UInt8]) throws {
    if file == nil { return StandardOutput.write(bytes) }
    try file?.write(bytes)
  }
}
