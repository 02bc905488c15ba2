import BiomatchCore

/// The characters of a zone in its format: the format's number of them, all of the zone's alphabet.
struct MRZCharacters: Sendable {
  let format: MRZFormat
  /// The lines one behind the other.
  let bytes: [UInt8]
  let firstLine: Int
  let file: String?

  init(format: MRZFormat, bytes: [UInt8], like other: MRZCharacters) {
    self.format = format
    self.bytes = bytes
    firstLine = other.firstLine
    file = other.file
  }

  init(
    _ text: MRZText,
    isLenient: Bool,
    _ findings: inout [MRZFinding]
  ) throws(MRZError) {
    firstLine = text.firstLine
    file = text.file
    let start = ErrorLocation(file: text.file, line: text.firstLine)
    guard let format = Self.format(of: text.lines, isLenient: isLenient) else {
      let lengths = text.lines.map { String($0.count) }.joined(separator: ", ")
      let found = text.lines.isEmpty ? "no characters" : "lines of \(lengths) characters"
      throw .malformed(
        MRZFinding(
          rule: .format,
          location: start,
          text: "a zone must have 3 lines of 30, 2 of 36 or 2 of 44 characters, found \(found)",
          clause: MRZRule.format.clause(in: nil)
        )
      )
    }
    self.format = format
    var bytes: [UInt8] = []
    bytes.reserveCapacity(format.lineCount * format.lineLength)
    var reading = LineReading(format: format, isLenient: isLenient, file: text.file)
    if text.lines.count == 1 {
      try reading.append(
        text.lines[0],
        number: text.firstLine,
        isWhole: true,
        to: &bytes,
        &findings
      )
    } else {
      for (index, line) in text.lines.enumerated() {
        let number = text.firstLine + index
        try reading.append(line, number: number, isWhole: false, to: &bytes, &findings)
      }
    }
    self.bytes = bytes
  }

  /// The format whose lines these are; leniently, the one that they are nearest to.
  private static func format(of lines: [ArraySlice<UInt8>], isLenient: Bool) -> MRZFormat? {
    guard let longest = lines.map(\.count).max(), let first = lines[0].first else { return nil }
    let isVisa = first | 0x20 == UInt8(ascii: "v")
    let slack = isLenient ? 4 : 0
    // Strictly, a line of another length is told as such, with the others' format.
    switch (lines.count, longest) {
    case (1, 90): return .td1
    case (1, 88): return isVisa ? .mrvA : .td3
    case (1, 72): return isVisa ? .mrvB : .td2
    case (3, 30 - slack...30 + slack): return .td1
    case (2, 36 - slack...36 + slack - (isLenient ? 1 : 0)): return isVisa ? .mrvB : .td2
    case (2, 44 - slack...44 + slack): return isVisa ? .mrvA : .td3
    default: return nil
    }
  }
}

/// Brings lines of text to a format's length and alphabet.
private struct LineReading {
  let format: MRZFormat
  let isLenient: Bool
  let file: String?

  mutating func append(
    _ line: ArraySlice<UInt8>,
    number: Int,
    isWhole: Bool,
    to bytes: inout [UInt8],
    _ findings: inout [MRZFinding]
  ) throws(MRZError) {
    let length = isWhole ? format.lineCount * format.lineLength : format.lineLength
    let before = bytes.count
    for (index, byte) in line.enumerated() {
      if MRZCharacter.isValid(byte) {
        bytes.append(byte)
        continue
      }
      let replacement = isLenient ? Self.replacement(for: byte) : nil
      let finding = MRZFinding(
        rule: .character,
        location: ErrorLocation(file: file, line: number, column: index + 1),
        text: "the characters of a zone must be A–Z, 0–9 and <, found \(Self.name(of: byte))",
        clause: MRZRule.character.clause(in: format)
      )
      guard let replacement else { throw .malformed(finding) }
      findings.append(finding)
      bytes.append(replacement)
    }
    let found = bytes.count - before
    guard found != length else { return }
    let finding = MRZFinding(
      rule: .lineLength,
      location: ErrorLocation(file: file, line: number, column: min(found, length) + 1),
      text: "a line of \(format.title) must have \(length) characters, found \(found)",
      clause: MRZRule.lineLength.clause(in: format)
    )
    guard isLenient, bytes[before...].dropFirst(length).allSatisfy({ $0 == MRZCharacter.filler })
    else { throw .malformed(finding) }
    findings.append(finding)
    if found > length {
      bytes.removeLast(found - length)
    } else {
      bytes.append(contentsOf: repeatElement(MRZCharacter.filler, count: length - found))
    }
  }

  /// Capitals for small letters, fillers for spaces.
  private static func replacement(for byte: UInt8) -> UInt8? {
    if byte == UInt8(ascii: " ") { return MRZCharacter.filler }
    return isCapital(byte &- 32) ? byte - 32 : nil
  }

  private static func name(of byte: UInt8) -> String {
    if (0x21..<0x7F).contains(byte) { return "'\(Character(Unicode.Scalar(byte)))'" }
    return byte == UInt8(ascii: " ") ? "a space" : "byte \(byte)"
  }
}
