import BiomatchCore
import Testing

@Suite("Reading JSON")
struct JSONScannerTests {
  private func document(_ text: String) throws(JSONTextError) -> JSONDocument {
    try JSONScanner.document(Array(text.utf8))
  }

  @Test(
    "Two members of one name are told, of few and of many",
    arguments: [1, 2, 31, 32, 33, 2000]
  )
  func duplicateNames(count: Int) throws {
    let members = (0..<count).map { "\"m\($0)\": \($0)" }.joined(separator: ",\n")
    guard case .object(let read) = try document("{\(members)}") else {
      Issue.record("no object was read")
      return
    }
    #expect(read.map(\.name) == (0..<count).map { "m\($0)" })
    for twice in Set([0, count / 2, count - 1]) {
      let error = #expect(throws: JSONTextError.self) {
        try document("{\(members), \"m\(twice)\": 1}")
      }
      #expect(error?.code == "json.duplicate-name" && error?.location.line == count)
      #expect(error?.rule == "the names of an object must differ, found \"m\(twice)\" twice")
    }
  }

  @Test("A name in an error is short, and has no control characters")
  func shortNames() {
    let name = "a\\u0000\\n\\\"" + String(repeating: "x", count: 5000)
    let error = #expect(throws: JSONTextError.self) {
      try document("{\"\(name)\": 1, \"\(name)\": 2}")
    }
    let shown = #""a\u0000\u000a\""# + String(repeating: "x", count: 60) + "\""
    #expect(error?.rule == "the names of an object must differ, found \(shown) and more twice")
  }
}
