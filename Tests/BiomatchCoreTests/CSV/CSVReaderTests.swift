import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

@Suite("CSV reader and writer")
struct CSVReaderTests {
  private func failure(of text: String) -> CSVError? {
    do {
      var reader = try CSVReader(bytes: Array(text.utf8), file: "t.csv")
      while try reader.nextRow() != nil {}
      return nil
    } catch {
      return error
    }
  }

  @Test("finds columns by name in any order")
  func columns() throws {
    var reader = try CSVReader(bytes: Array("b,a,\"c d\"\n1,2,3\n".utf8))
    let a = try reader.column("a")
    let c = try reader.column("c d")
    #expect(try reader.columnIfPresent("e") == nil)
    let row = try #require(try reader.nextRow())
    #expect(row[a] == "2")
    #expect(row[c] == "3")
    #expect(try reader.nextRow() == nil)
    #expect(try reader.nextRow() == nil)
  }

  @Test("names a missing and a doubled column")
  func columnErrors() throws {
    let reader = try CSVReader(bytes: Array("a,b,a".utf8), file: "t.csv")
    #expect(
      throws: CSVError.duplicateColumn(
        at: ErrorLocation(file: "t.csv", line: 1, column: 5),
        name: "a"
      )
    ) { try reader.column("a") }
    do {
      _ = try reader.column("score")
      Issue.record("a column that is not there was found")
    } catch {
      #expect(
        error.description
          == "t.csv, line 1, column 1: the column 'score' is needed, found 'a', 'b', 'a'; "
          + "rename or add the column, and separate columns by commas [csv.missing-column]"
      )
    }
  }

  @Test("refuses ragged rows, with line and column")
  func raggedRows() {
    #expect(
      failure(of: "a,b\n1,2\n1,2,3\n")
        == .raggedRow(
          at: ErrorLocation(file: "t.csv", line: 3, column: 5),
          expected: 2,
          found: 3
        )
    )
    #expect(
      failure(of: "a,b\n\"1\n2\"\n")
        == .raggedRow(
          at: ErrorLocation(file: "t.csv", line: 3, column: 3),
          expected: 2,
          found: 1
        )
    )
  }

  @Test("refuses an empty text", arguments: ["", "\n\n", "\u{FEFF}"])
  func empty(text: String) { #expect(failure(of: text)?.code == "csv.header") }

  @Test("reads a file in pieces")
  func file() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "csv-\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var writer = CSVWriter(columns: ["number", "text"])
    for number in 0..<20_000 { try writer.write(["\(number)", "é, \(number)"]) }
    #expect(FileManager.default.createFile(atPath: path, contents: Data(writer.takeBytes())))
    var reader = try CSVReader(file: path)
    var number = 0
    while let row = try reader.nextRow() {
      guard row.strings == ["\(number)", "é, \(number)"] else {
        Issue.record("row \(number) reads \(row.strings)")
        return
      }
      number += 1
    }
    #expect(number == 20_000)
  }

  @Test("a file that is not there is a typed error")
  func missingFile() {
    #expect(throws: CSVError.file(.notFound(path: "/nowhere/t.csv"))) {
      _ = try CSVReader(file: "/nowhere/t.csv")
    }
  }

  @Test("the writer quotes only where it must")
  func quoting() throws {
    var writer = CSVWriter(columns: ["a", "b"])
    try writer.write(["plain", ""])
    try writer.write(["a,b", "say \"hi\""])
    try writer.write(["two\nlines", " spaces "])
    let text = String(decoding: writer.takeBytes(), as: UTF8.self)
    #expect(
      text == "a,b\nplain,\n\"a,b\",\"say \"\"hi\"\"\"\n\"two\nlines\", spaces \n"
    )
    #expect(throws: CSVError.nul(at: ErrorLocation(field: "field 2"))) {
      try writer.write(["a", "b\0"])
    }
    #expect(writer.count == 0)
    var single = CSVWriter(columns: ["a"], lineEnding: .carriageReturnLineFeed)
    try single.write([""])
    #expect(single.takeBytes() == Array("a\r\n\"\"\r\n".utf8))
  }

  @Test("what is written reads back", arguments: UInt64(0)..<200)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let alphabet = ["a", ",", "\"", "\n", "\r", "\r\n", "é", "\u{FEFF}", " ", "e\u{301}", "𝒳"]
    func text() -> String {
      (0..<Int.random(in: 0...6, using: &random))
        .map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }.joined()
    }
    let width = Int.random(in: 1...4, using: &random)
    let rows = (0...Int.random(in: 0...8, using: &random)).map { _ in
      (0..<width).map { _ in text() }
    }
    var writer = CSVWriter(
      columns: rows[0],
      lineEnding: Bool.random(using: &random) ? .lineFeed : .carriageReturnLineFeed
    )
    for row in rows.dropFirst() { try writer.write(row) }
    let bytes = writer.takeBytes()
    let found = scan(bytes, pieceSize: Int.random(in: 1...9, using: &random))
    #expect(found.failure == nil, "seed \(seed)")
    // Texts compare by canonical equivalence; the bytes must be the same.
    #expect(
      found.rows.map { $0.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } },
      "seed \(seed)"
    )
  }
}
