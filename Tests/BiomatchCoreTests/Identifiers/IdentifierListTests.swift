import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Lists of identifiers")
struct IdentifierListTests {
  private func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws
    -> Result
  {
    let directory = try TemporaryDirectory()
    let path = directory.file("ids")
    try FileBytes.write(bytes, to: path, durably: false)
    return try body(path)
  }

  private func subjects(_ text: String, column: String? = nil) throws -> [String] {
    try withFile(Array(text.utf8)) { path in
      try IdentifierList.subjects(path, column: column).map(\.string)
    }
  }

  private func failure(
    _ bytes: [UInt8],
    column: String? = nil,
    count: Int? = nil
  ) throws -> IdentifierListError? {
    try withFile(bytes) { path in
      do throws(IdentifierListError) {
        _ = try IdentifierList.references(path, column: column, count: count)
        return nil
      } catch {
        #expect(error.location.file == path)
        return error
      }
    }
  }

  @Test(
    "lines are read as they are, however they end",
    arguments: [
      ("", []), ("\u{FEFF}", []), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb", ["a", "b"]),
      ("\u{FEFF}a\n\u{FEFF}b\n", ["a", "\u{FEFF}b"]),
      (" a b ,\"c\n7\n7\n", [" a b ,\"c", "7", "7"]),
    ]
  )
  func lines(text: String, expected: [String]) throws {
    #expect(try subjects(text) == expected)
  }

  @Test("a column is read by its name")
  func column() throws {
    let text = "id,label\n1,\"a\nb\"\n2,c\n"
    #expect(try subjects(text, column: "label") == ["a\nb", "c"])
    #expect(try subjects(text, column: "id") == ["1", "2"])
    #expect(try failure(Array(text.utf8), column: "name")?.code == "csv.missing-column")
    #expect(try failure([], column: "name")?.code == "csv.header")
  }

  @Test("long lists are read piece by piece", arguments: [1, 63, 64])
  func pieces(length: Int) throws {
    let expected = (0..<20_000).map {
      String(repeating: "é", count: length / 4) + String("\($0)".suffix(max(1, length / 4)))
    }
    #expect(try subjects(expected.joined(separator: "\r\n") + "\r\n") == expected)
  }

  @Test(
    "an entry that is no identifier is an error with its line",
    arguments: [
      (Array("a\n\nb\n".utf8), "identifier.empty", 2),
      (Array("a\nb\n\r\n".utf8), "identifier.empty", 3),
      (Array("a\nb\0c\n".utf8), "identifier.nul", 2),
      ([0x61, 0x0A, 0xFF, 0xFE, 0x0A], "identifier.utf8", 2),
      (Array(("a\n" + String(repeating: "x", count: 65)).utf8), "identifier.length", 2),
      (
        Array(("a\n" + String(repeating: "x", count: 200_000)).utf8),
        "identifier-list.line-length", 2
      ),
      (Array("a\rb\n".utf8), "identifier-list.carriage-return", 1),
      (Array("a\nb\r\r\n".utf8), "identifier-list.carriage-return", 2),
      (Array("a\nb\r".utf8), "identifier-list.carriage-return", 2),
      (Array("a\nb\nc\nb\n".utf8), "identifier-list.duplicate", 4),
    ]
  )
  func entries(bytes: [UInt8], code: String, line: Int) throws {
    let error = try failure(bytes)
    #expect(error?.code == code)
    #expect(error?.location.line == line)
  }

  @Test("an entry of a column that is no identifier is an error with its line and column")
  func fields() throws {
    let empty = try failure(Array("n,id\n1,a\n2,\n".utf8), column: "id")
    #expect(empty?.code == "identifier.empty")
    #expect(empty?.location.line == 3)
    #expect(empty?.location.column == 3)
    let duplicate = try failure(Array("id\n\"a\"\nb\na\n".utf8), column: "id")
    #expect(duplicate?.code == "identifier-list.duplicate")
    #expect(duplicate?.location.line == 4)
    #expect(duplicate?.rule.contains("entry 0") == true)
  }

  @Test("a list of another length than expected is an error with both numbers", arguments: [2, 4])
  func count(expected: Int) throws {
    #expect(try failure(Array("a\nb\nc\n".utf8), count: 3) == nil)
    guard
      case .count(_, .reference, expected, 3) = try failure(
        Array("a\nb\nc\n".utf8),
        count: expected
      )
    else {
      Issue.record("the count was not checked")
      return
    }
  }

  @Test("a file that is not there is a typed error", arguments: [nil, "id"])
  func missing(column: String?) {
    let error = #expect(throws: IdentifierListError.self) {
      try IdentifierList.subjects("/nowhere/ids", column: column)
    }
    #expect(error?.code == "file.not-found")
  }
}
