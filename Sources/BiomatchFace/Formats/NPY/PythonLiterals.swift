/// Reads literals of Python one after another; spaces and line breaks between them do not count.
struct PythonLiterals: Sendable {
  private let text: [UInt8]
  private let offset: Int
  private var position = 0

  /// - Parameter offset: where in the file the text starts.
  init(_ text: [UInt8], offset: Int) {
    self.text = text
    self.offset = offset
    skipSpaces()
  }

  /// Where in the file the next literal starts.
  var place: Int { offset + position }

  /// Passes over that character if it is the next.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    skipSpaces()
    return true
  }

  mutating func expect(_ character: Unicode.Scalar) throws(NPYHeaderError) {
    guard skip(character) else { throw failure("'\(character)' is missing") }
  }

  func expectEnd() throws(NPYHeaderError) {
    guard position == text.count else { throw failure("text after the dictionary") }
  }

  /// A string in single or double quotes, of printable ASCII characters without a backslash.
  mutating func string() throws(NPYHeaderError) -> String {
    guard position < text.count, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(text[position])
    else { throw failure("a string is missing") }
    let start = position + 1
    guard let end = text[start...].firstIndex(of: text[position]) else {
      throw failure("a string without an end")
    }
    let content = text[start..<end]
    guard content.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
      throw failure("a string with other than plain characters")
    }
    position = end + 1
    skipSpaces()
    return String(decoding: content, as: UTF8.self)
  }

  mutating func boolean() throws(NPYHeaderError) -> Bool {
    for (word, value) in [("True", true), ("False", false)]
    where text[position...].starts(with: word.utf8) {
      position += word.utf8.count
      skipSpaces()
      return value
    }
    throw failure("neither True nor False")
  }

  /// A tuple of whole numbers; one alone has a comma behind it.
  mutating func tuple() throws(NPYHeaderError) -> [Int] {
    try expect("(")
    var numbers: [Int] = []
    var hasComma = true
    while !skip(")") {
      guard hasComma else { throw failure("',' is missing") }
      numbers.append(try number())
      hasComma = skip(",")
    }
    guard numbers.count != 1 || hasComma else { throw failure("a number is no tuple") }
    return numbers
  }

  private mutating func number() throws(NPYHeaderError) -> Int {
    let start = position
    var value = 0
    while position < text.count, (0x30...0x39).contains(text[position]) {
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = product.addingReportingOverflow(Int(text[position] - 0x30))
      guard !overflows, !overflowsToo else { throw NPYHeaderError(.size, at: offset + start) }
      value = sum
      position += 1
    }
    guard position > start else { throw failure("a whole number is missing") }
    guard position == start + 1 || text[start] != 0x30 else {
      position = start
      throw failure("a number with a leading zero")
    }
    if position < text.count, text[position] == UInt8(ascii: "L") { position += 1 }
    skipSpaces()
    return value
  }

  private mutating func skipSpaces() {
    let spaces: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    while position < text.count, spaces.contains(text[position]) { position += 1 }
  }

  private func failure(_ found: String) -> NPYHeaderError {
    NPYHeaderError(.syntax, at: place, found: found)
  }
}
