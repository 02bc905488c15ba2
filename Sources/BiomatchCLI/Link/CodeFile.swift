import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchLinkage

/// How codes are written.
enum CodeFormat: String, CaseIterable, ExpressibleByArgument {
  /// One object with the list `clks`, the codes in base64 in the order of the table.
  case json
  /// An object a line, with `id` and `clk`.
  case ndjson
  /// The columns `id` and `clk`.
  case csv
}

/// Codes on their way to a file, which appears when it is complete.
struct CodeFile: ~Copyable {
  private(set) var count = 0
  private let format: CodeFormat
  private let byteCount: Int
  private var file: ReplacementFile?
  private var csv: CSVWriter?

  init(_ path: String, format: CodeFormat, bits: Int) throws {
    self.format = format
    byteCount = bits / 8
    file = path == "-" ? nil : try ReplacementFile(replacing: path)
    switch format {
    case .json: try put(Array("{\"clks\": [".utf8))
    case .ndjson: break
    case .csv:
      csv = CSVWriter(columns: ["id", "clk"])
      if let header = csv?.takeBytes() { try put(header) }
    }
  }

  mutating func write(_ batch: EncodedBatch) throws {
    let wordsPerCode = (byteCount + 7) / 8
    var text: [UInt8] = []
    text.reserveCapacity(batch.identifiers.count * (byteCount * 4 / 3 + 32))
    var code = [UInt8](repeating: 0, count: byteCount)
    for (index, identifier) in batch.identifiers.enumerated() {
      for byte in 0..<byteCount {
        let word = batch.words[index * wordsPerCode + byte / 8]
        // clkhash has the first of eight bits in the highest place.
        code[byte] = UInt8(truncatingIfNeeded: word >> UInt64(byte % 8 * 8)).bitsReversed
      }
      switch format {
      case .json:
        if count > 0 { text.append(UInt8(ascii: ",")) }
        text.append(UInt8(ascii: "\""))
        Base64.append(code, to: &text)
        text.append(UInt8(ascii: "\""))
      case .ndjson:
        text += "{\"id\":\(JSONText.quote(identifier.string)),\"clk\":\"".utf8
        Base64.append(code, to: &text)
        text += "\"}\n".utf8
      case .csv:
        try csv?.write([identifier.string, ""])
        if var row = csv?.takeBytes() {
          // The code needs no quotes, and goes in front of the line feed.
          row.removeLast()
          text += row
          Base64.append(code, to: &text)
          text.append(UInt8(ascii: "\n"))
        }
      }
      count += 1
    }
    try put(text)
  }

  /// Ends the text and puts the file in its place.
  mutating func finish() throws {
    if format == .json { try put(Array("]}\n".utf8)) }
    try file?.publish()
  }

  private mutating func put(_ bytes: [UInt8]) throws {
    if file == nil { return StandardOutput.write(bytes) }
    try file?.write(bytes)
  }
}

extension UInt8 {
  /// The bits in the opposite order.
  fileprivate var bitsReversed: UInt8 {
    var value = self
    value = value >> 4 | value << 4
    value = (value & 0xCC) >> 2 | (value & 0x33) << 2
    return (value & 0xAA) >> 1 | (value & 0x55) << 1
  }
}

/// The rows that are left out, on their way to a file; without one the first ends the run.
struct RejectFile {
  private(set) var count = 0
  private let path: String?
  private var writer = CSVWriter(columns: ["line", "column", "feature", "code", "rule"])

  init(_ path: String?) { self.path = path }

  mutating func write(_ rejects: [RecordError]) throws {
    guard path != nil else {
      if let first = rejects.first { throw first }
      return
    }
    for reject in rejects {
      let place = reject.location
      try writer.write([
        place.line.map(String.init) ?? "", place.column.map(String.init) ?? "",
        place.field ?? "", reject.code, reject.rule,
      ])
    }
    count += rejects.count
  }

  mutating func finish() throws {
    if let path { try OutputFile.write(writer.takeBytes(), to: path) }
  }
}
