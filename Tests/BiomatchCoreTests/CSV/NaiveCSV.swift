/// RFC 4180 as plainly as it can be written, for texts in memory: the oracle of the scanner's tests.
struct NaiveCSV {
  enum Failure: String, Error {
    case unterminatedQuote = "csv.unterminated-quote"
    case strayQuote = "csv.stray-quote"
    case textAfterQuote = "csv.text-after-quote"
    case carriageReturn = "csv.carriage-return"
  }

  /// The rows up to the first error, and the error.
  static func rows(of text: String) -> (rows: [[String]], failure: Failure?) {
    var rows: [[String]] = []
    var rest = Substring.UnicodeScalarView(text.unicodeScalars)
    while !rest.isEmpty {
      var row: [String] = []
      var isQuoted = false
      do {
        while true {
          let (field, quoted) = try takeField(&rest)
          row.append(field)
          isQuoted = isQuoted || quoted
          guard rest.first == "," else { break }
          rest.removeFirst()
        }
        if rest.first == "\r" {
          rest.removeFirst()
          guard rest.first == "\n" else { throw Failure.carriageReturn }
        }
        if rest.first == "\n" { rest.removeFirst() }
      } catch {
        return (rows, error as? Failure)
      }
      if row != [""] || isQuoted { rows.append(row) }
    }
    return (rows, nil)
  }

  private static func takeField(
    _ rest: inout Substring.UnicodeScalarView
  ) throws -> (field: String, isQuoted: Bool) {
    var field = String.UnicodeScalarView()
    guard rest.first == "\"" else {
      while let next = rest.first, !",\r\n".unicodeScalars.contains(next) {
        if next == "\"" { throw Failure.strayQuote }
        field.append(rest.removeFirst())
      }
      return (String(field), false)
    }
    rest.removeFirst()
    while let next = rest.popFirst() {
      guard next == "\"" else {
        field.append(next)
        continue
      }
      switch rest.first {
      case "\"": field.append(rest.removeFirst())
      case nil, ",", "\r", "\n": return (String(field), true)
      default: throw Failure.textAfterQuote
      }
    }
    throw Failure.unterminatedQuote
  }
}
