import BiomatchCore
import BiomatchTestSupport
import Testing

/// Scans `bytes` in pieces of that size; the rows up to the first error, and the error.
func scan(
  _ bytes: [UInt8],
  pieceSize: Int = .max,
  limits: CSVLimits = .standard
) -> (rows: [[String]], failure: CSVError?) {
  var pieces: [ArraySlice<UInt8>] = []
  var rest = bytes[...]
  while !rest.isEmpty {
    pieces.append(rest.prefix(pieceSize))
    rest = rest.dropFirst(pieceSize)
  }
  return scan(pieces, limits: limits)
}

/// Scans a text in the given pieces.
private func scan(
  _ pieces: [ArraySlice<UInt8>],
  limits: CSVLimits = .standard
) -> (rows: [[String]], failure: CSVError?) {
  var scanner = CSVScanner(limits: limits)
  var rows: [[String]] = []
  do {
    for piece in pieces {
      while let row = try scanner.nextRow() { rows.append(row.strings) }
      scanner.feed(Array(piece))
    }
    scanner.finish()
    while let row = try scanner.nextRow() { rows.append(row.strings) }
    return (rows, nil)
  } catch {
    return (rows, error)
  }
}

@Suite("CSV scanner")
struct CSVScannerTests {
  @Test(
    "splits rows and fields",
    arguments: [
      ("", []),
      ("a", [["a"]]),
      ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
      ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
      (",\n,", [["", ""], ["", ""]]),
      ("a\n\n\r\nb\n", [["a"], ["b"]]),
      ("\"\"\n", [[""]]),
      ("\"a,b\",\"c\nd\",\"e\r\nf\"", [["a,b", "c\nd", "e\r\nf"]]),
      ("\"say \"\"hi\"\"\",\"\"\"\"\n", [["say \"hi\"", "\""]]),
      ("\u{FEFF}a,b\n", [["a", "b"]]),
      ("a,\u{FEFF}b\n", [["a", "\u{FEFF}b"]]),
      (" a , b \n", [[" a ", " b "]]),
      ("naïve,Ωμέγα,名前,𝒳\n", [["naïve", "Ωμέγα", "名前", "𝒳"]]),
    ] as [(String, [[String]])]
  )
  func rows(text: String, expected: [[String]]) {
    for pieceSize in [1, 2, 3, 5, .max] {
      let (rows, failure) = scan(Array(text.utf8), pieceSize: pieceSize)
      #expect(failure == nil, "pieces of \(pieceSize) of \(text.debugDescription)")
      #expect(rows == expected, "pieces of \(pieceSize) of \(text.debugDescription)")
    }
  }

  @Test(
    "refuses what is not RFC 4180, with line and column",
    arguments: [
      ("a,b\nc,d\"e\n", .strayQuote(at: ErrorLocation(line: 2, column: 4))),
      ("a,b\nc,\"de\n\n", .unterminatedQuote(at: ErrorLocation(line: 2, column: 3))),
      ("\"a\nb\",\"c\"d\n", .textAfterQuote(at: ErrorLocation(line: 2, column: 7))),
      ("a\rb\n", .carriageReturn(at: ErrorLocation(line: 1, column: 2))),
      ("a\n\"b\"\r", .carriageReturn(at: ErrorLocation(line: 2, column: 4))),
      ("\r", .carriageReturn(at: ErrorLocation(line: 1, column: 1))),
      ("né,\"ü\0\"", .nul(at: ErrorLocation(line: 1, column: 6))),
      ("né,ü\0", .nul(at: ErrorLocation(line: 1, column: 5))),
    ] as [(String, CSVError)]
  )
  func refusals(text: String, expected: CSVError) {
    for pieceSize in [1, 2, 3, .max] {
      let failure = scan(Array(text.utf8), pieceSize: pieceSize).failure
      #expect(failure == expected, "pieces of \(pieceSize) of \(text.debugDescription)")
    }
  }

  @Test(
    "refuses malformed UTF-8 where the character starts",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xE2, 0x82], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xF5, 0x80],
    ] as [[UInt8]]
  )
  func malformedUTF8(bad: [UInt8]) {
    let expected = CSVError.invalidUTF8(at: ErrorLocation(line: 2, column: 4))
    let texts = ["", ",x", "\n"].map { Array("aé,b\nü,x".utf8) + bad + Array($0.utf8) }
    let quoted = Array("aé,b\nü,\"".utf8) + bad + Array("\"\n".utf8)
    for text in texts + [quoted] {
      for pieceSize in [1, 2, .max] {
        #expect(
          scan(text, pieceSize: pieceSize).failure == expected,
          "pieces of \(pieceSize) of \(text)"
        )
      }
    }
  }

  @Test("agrees with the oracle on random texts, however they are cut", arguments: UInt64(0)..<400)
  func oracle(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = ["a", ",", "\"", "\n", "\r\n", "\r", "é", "\"\"", "\",\"", "b"]
    let weights = Int.random(in: 3...alphabet.count, using: &random)
    let text = (0..<Int.random(in: 0...30, using: &random))
      .map { _ in alphabet[Int.random(in: 0..<weights, using: &random)] }.joined()
    let expected = NaiveCSV.rows(of: text)
    for pieceSize in [1, 3, 7, .max] {
      let found = scan(Array(text.utf8), pieceSize: pieceSize)
      let input: Comment = "seed \(seed), pieces of \(pieceSize) of \(text.debugDescription)"
      #expect(found.rows == expected.rows, input)
      #expect(found.failure?.code == expected.failure?.rawValue, input)
    }
  }

  @Test("survives random bytes with the same result however they are cut", arguments: 0..<200)
  func randomBytes(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let common: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x41, 0xC3, 0xA9, 0xEF, 0xBB, 0xBF, 0x00]
    let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
      Bool.random(using: &random)
        ? common[Int.random(in: 0..<common.count, using: &random)]
        : UInt8.random(in: 0...255, using: &random)
    }
    let whole = scan(bytes)
    for pieceSize in [1, 2, 5] {
      let cut = scan(bytes, pieceSize: pieceSize)
      #expect(cut.rows == whole.rows, "seed \(seed), \(bytes)")
      #expect(cut.failure == whole.failure, "seed \(seed), \(bytes)")
    }
    for place in bytes.indices {
      let cut = scan([bytes[..<place], bytes[place...]])
      #expect(cut.rows == whole.rows, "seed \(seed), cut at \(place): \(bytes)")
      #expect(cut.failure == whole.failure, "seed \(seed), cut at \(place): \(bytes)")
    }
  }

  @Test("pieces may come before rows are taken, and may be empty")
  func feedingAhead() throws {
    var scanner = CSVScanner()
    for piece in ["\u{FEFF}a", "", ",b\nc", ",d\n", "e,f\n"] {
      scanner.feed(Array(piece.utf8))
    }
    #expect(try scanner.nextRow()?.strings == ["a", "b"])
    scanner.feed(Array("g,h".utf8))
    #expect(try scanner.nextRow()?.strings == ["c", "d"])
    scanner.finish()
    #expect(try scanner.nextRow()?.strings == ["e", "f"])
    #expect(try scanner.nextRow()?.strings == ["g", "h"])
    #expect(try scanner.nextRow() == nil)
  }

  /// 100 MB without a line break: what comes after the limit must not be kept.
  @Test(
    "an endless line is refused at its limit",
    arguments: [("", "x"), ("\"", "x\n"), ("\"", "\"\"")]
  )
  func endlessLine(start: String, unit: String) {
    var scanner = CSVScanner(limits: CSVLimits(rowBytes: 1 << 16, fields: 8))
    scanner.feed(Array(start.utf8))
    let piece = Array(String(repeating: unit, count: 4096 / unit.utf8.count).utf8)
    var fed = 0
    do {
      while fed < 100_000_000 {
        scanner.feed(piece)
        fed += piece.count
        while try scanner.nextRow() != nil {}
      }
      Issue.record("100 MB were taken")
    } catch {
      #expect(error.code == "csv.row-length", "pieces of \(unit.debugDescription)")
      #expect(fed < 1 << 19, "pieces of \(unit.debugDescription)")
    }
  }

  @Test("bounds the memory for a row")
  func limits() {
    let limits = CSVLimits(rowBytes: 8, fields: 3)
    let long = scan(Array("abc,def\n\"ghijklmno".utf8), pieceSize: 4, limits: limits)
    #expect(long.rows == [["abc", "def"]])
    #expect(long.failure?.code == "csv.row-length")
    let wide = scan(Array("a,b,c\na,b,c,d".utf8), limits: limits)
    #expect(
      wide.failure == .tooManyFields(at: ErrorLocation(line: 2, column: 7), limit: 3)
    )
  }

  @Test("finds the same error however the text is cut", arguments: [1, 2, 3, 7, 1000])
  func firstError(pieceSize: Int) {
    let limits = CSVLimits(rowBytes: 8, fields: 3)
    let long = scan(Array("ab,cdefghijkl\u{1F600}".utf8), pieceSize: pieceSize, limits: limits)
    #expect(long.failure == .rowTooLong(at: ErrorLocation(line: 1, column: 10), limit: 8))
    let invalid = Array("ab,cd".utf8) + [0xFF] + Array("efghijkl".utf8)
    let broken = scan(invalid, pieceSize: pieceSize, limits: limits)
    #expect(broken.failure == .invalidUTF8(at: ErrorLocation(line: 1, column: 6)))
  }

  @Test("repeats its error")
  func repeatedError() {
    var scanner = CSVScanner()
    scanner.feed(Array("a\"\nb\n".utf8))
    for _ in 0..<3 {
      #expect(throws: CSVError.strayQuote(at: ErrorLocation(line: 1, column: 2))) {
        try scanner.nextRow()
      }
    }
  }

  @Test("a row that is kept does not change when the next is read")
  func keptRows() throws {
    var scanner = CSVScanner()
    scanner.feed(Array("one,two\nthree,four\n".utf8))
    let first = try #require(try scanner.nextRow())
    let second = try #require(try scanner.nextRow())
    #expect(first.strings == ["one", "two"])
    #expect(second.strings == ["three", "four"])
    #expect(second.location(of: 1, name: "n") == ErrorLocation(line: 2, column: 7, field: "n"))
  }
}
