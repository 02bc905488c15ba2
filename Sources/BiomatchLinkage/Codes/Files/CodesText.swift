import BiomatchCore

/// Codes as a stream, batch by batch: what stands before them, they themselves, what stands behind.
package struct CodesText {
  private let format: CodesFormat
  private let bits: Int
  private var count = 0
  private var csv: CSVWriter?

  /// A stream of codes of so many bits; a container is none.
  package init(_ format: CodesFormat, bits: Int) {
    precondition(format != .codes, "a container is no stream")
    self.format = format
    self.bits = bits
  }

  /// What stands before the first code.
  package mutating func start() -> [UInt8] {
    switch format {
    case .csv:
      csv = CSVWriter(columns: ["id", "clk"])
      return csv?.takeBytes() ?? []
    case .ndjson, .bytes, .packed, .codes: return []
    case .json: return Array("{\"clks\": [".utf8)
    }
  }

  /// Codes, as words of which bit 0 is the first.
  package mutating func rows(
    _ identifiers: some Collection<ReferenceID>,
    words: ArraySlice<UInt64>
  ) -> [UInt8] {
    let size = (bits + 63) / 64
    var text: [UInt8] = []
    text.reserveCapacity(identifiers.count * (bits / 6 + 32))
    var first = words.startIndex
    for identifier in identifiers {
      let code = (0..<bits / 8).map { words[first + $0 / 8].codeByte($0 % 8) }
      append(identifier, code, to: &text)
      first += size
      count += 1
    }
    return text
  }

  private mutating func append(
    _ identifier: ReferenceID,
    _ code: [UInt8],
    to text: inout [UInt8]
  ) {
    switch format {
    case .ndjson:
      let name = JSONDocument.string(identifier.string).text(isIndented: false)
      text += "{\"id\":\(name),\"clk\":\"".utf8
      Base64.append(code, to: &text)
      text += "\"}\n".utf8
    case .csv:
      // An identifier has no U+0000, which is all that a writer refuses.
      try? csv?.write([identifier.string, Base64.text(code)])
      text += csv?.takeBytes() ?? []
    case .bytes: text += code
    case .packed:
      text += CodesBytes.number(count)
      text += code
    case .json, .codes:
      if count > 0 { text.append(UInt8(ascii: ",")) }
      text.append(UInt8(ascii: "\""))
      Base64.append(code, to: &text)
      text.append(UInt8(ascii: "\""))
    }
  }

  /// What stands behind the last code.
  package var end: [UInt8] { format == .json ? Array("]}\n".utf8) : [] }
}
