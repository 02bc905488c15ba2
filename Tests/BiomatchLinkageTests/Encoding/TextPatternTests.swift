@testable import BiomatchLinkage
import Testing

@Suite("Patterns, dates and numbers of a schema")
struct TextPatternTests {
  @Test(
    "a pattern matches whole texts, as in Python",
    arguments: [
      ("[A-Z]{2}\\d{3,}", ["AB123", "AB1234567"], ["AB12", "ab123", "xAB123", "AB123 "]),
      ("(a|bc)*d?", ["", "a", "bcd", "abcabc"], ["b", "dd", "ad a"]),
      ("(a*)*b", ["b", "aaab"], ["a", ""]),
      ("[^\\W\\d_]+-?", ["Ño", "иван-", "王"], ["a1", "_", ""]),
      ("^ab$", ["ab", "ab"], ["abc", "b"]),
      ("ab$\\n?", ["ab", "ab\n"], ["ab\n\n"]),
      ("\\Aa\\Z", ["a"], ["a\n"]),
      ("a.c", ["abc", "a\u{10FFFF}c"], ["a\nc", "ac"]),
      ("(?P<x>a)(?:b){2}c??", ["abb", "abbc"], ["ab"]),
      ("[]a-]+", ["]", "a-]"], ["b"]),
      ("a{,2}b{x", ["b{x", "aab{x"], ["aaab{x"]),
      ("\\x41\\u0042\\.", ["AB."], ["ABx"]),
      ("", [""], ["a"]),
      ("\\d", ["7", "\u{667}"], ["\u{B2}", "a"]),
    ]
  )
  func matching(pattern: String, yes: [String], no: [String]) throws {
    let pattern = try TextPattern(pattern)
    for text in yes { #expect(pattern.matches(text), "\(text)") }
    for text in no { #expect(!pattern.matches(text), "\(text)") }
  }

  @Test(
    "what is not understood is refused",
    arguments: [
      "a(", "a)", "[a", "*a", "a**", "(?=a)", "(?i)a", "(a)\\1", "\\bx", "a{3,2}", "a++", "\\q",
      "[z-a]", "\\", "^*", "(?P<x", "a{99999}", "(a{1000}){1000}", "[\\d-z]",
      String(repeating: "(", count: 1000),
    ]
  )
  func refusal(pattern: String) {
    #expect(throws: TextPatternError.self) { try TextPattern(pattern) }
  }

  @Test("a pattern that would keep a backtracking matcher busy for ages takes no time")
  func bound() throws {
    let pattern = try TextPattern("(a+)+(a|aa)*(.*)*b")
    #expect(!pattern.matches(String(repeating: "a", count: 5000)))
  }

  @Test(
    "dates are read as strptime reads them",
    arguments: [
      ("%Y-%m-%d", "1984-02-29", "1984 2 29"), ("%d%m%Y", "1122020", "2020 2 11"),
      ("%d%m%Y", "1132020", "2020 3 11"),
      ("%m%d%Y", "1112020", "2020 11 1"), ("%d%m%Y", "122020", "2020 2 1"),
      ("%d/%m/%y", "1/2/68", "2068 2 1"), ("%d/%m/%y", "1/2/69", "1969 2 1"),
      ("%d %b %Y", "05  jAN 1999", "1999 1 5"), ("%B %d, %Y", "May 3, 2001", "2001 5 3"),
      ("%Y", "1999", "1999 1 1"), ("%Y%m%d%H%M%S", "19990203235959", "1999 2 3"),
      ("T%Y%%", "t1999%", "1999 1 1"),
    ]
  )
  func dates(format: String, text: String, expected: String) throws {
    let format = try #require(DateFormat(format))
    let date = try #require(format.date(text.unicodeScalars.map(\.value)))
    #expect("\(date.year) \(date.month) \(date.day)" == expected)
  }

  @Test(
    "what is no date of the calendar is none",
    arguments: [
      ("%Y-%m-%d", "1983-02-29"), ("%Y-%m-%d", "1900-02-29"), ("%Y-%m-%d", "1984-00-10"),
      ("%Y-%m-%d", "1984-1-1x"), ("%Y-%m-%d", ""), ("%Y-%m-%d", "0999-01-01"), ("%H%Y", "241999"),
      ("%Y%S", "199960"),
    ]
  )
  func noDates(format: String, text: String) throws {
    #expect(try #require(DateFormat(format)).matches(text) == false)
  }

  @Test(
    "numbers are read as Python reads them",
    arguments: [
      ("007", "7"), ("+0", "0"), ("-00", "0"), (" -1_000\t", "-1000"), ("\u{661}\u{662}", "12"),
      ("1__0", nil), ("_1", nil), ("1_", nil), ("+ 1", nil), ("", nil), ("1.0", nil), ("0x1", nil),
      ("- 1", nil), (String(repeating: "9", count: 4301), nil),
    ] as [(String, String?)]
  )
  func integers(text: String, expected: String?) {
    #expect(PythonNumber.integer(text.unicodeScalars.map(\.value)) == expected)
  }

  @Test(
    "numbers with a fraction are read as Python reads them",
    arguments: [
      ("1.5", 1.5), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("-1_0.2_5E-1", -1.025), (" 2 ", 2),
      ("1._5", nil), (".", nil), ("e5", nil), ("1e", nil), ("inf", nil), ("nan", nil),
      ("0x1p3", nil),
    ] as [(String, Double?)]
  )
  func reals(text: String, expected: Double?) {
    #expect(PythonNumber.real(text.unicodeScalars.map(\.value)) == expected)
  }
}
