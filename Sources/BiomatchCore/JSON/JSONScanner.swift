/// Reads JSON after RFC 8259, with a place for every error and without recursion beyond a limit.
///
/// A byte-order mark at the start is passed over. Two members of one name are an error: readers differ
/// in which of them they take.
package struct JSONScanner: ~Copyable {
  private static let depthLimit = 64
  private static let membersWithoutSet = 32

  private let bytes: [UInt8]
  private let file: String?
  private let line: Int
  private var position = 0

  /// The value of the text.
  ///
  /// - Parameters:
  ///   - file: the name to be given in errors.
  ///   - line: the number of the first line.
  /// - Complexity: O(bytes).
  package static func document(
    _ bytes: [UInt8],
    file: String? = nil,
    line: Int = 1
  ) throws(JSONTextError) -> JSONDocument {
    var scanner = JSONScanner(bytes: bytes, file: file, line: line)
    return try scanner.document()
  }

  private init(bytes: [UInt8], file: String?, line: Int) {
    self.bytes = bytes
    self.file = file
    self.line = line
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  private mutating func document() throws(JSONTextError) -> JSONDocument {
    var utf8 = UTF8Validator()
    for (index, byte) in bytes.enumerated() where !utf8.accept(byte) {
      throw .encoding(at: location(of: index))
    }
    guard utf8.isComplete else { throw .encoding(at: location(of: bytes.count)) }
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw expected("the end of the text") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONTextError) -> JSONDocument {
    skipSpace()
    guard depth <= Self.depthLimit else {
      throw .depth(at: location(of: position), limit: Self.depthLimit)
    }
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case let byte? where byte == UInt8(ascii: "-") || 0x30...0x39 ~= byte: return try number()
    default: throw expected("a value")
    }
  }

  private mutating func object(depth: Int) throws(JSONTextError) -> JSONDocument {
    position += 1
    var members: [JSONMember] = []
    // Of few members it is quicker to look at each.
    var names: Set<String> = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw expected("the name of a member in quotes") }
      let start = position
      let name = try string()
      if members.count == Self.membersWithoutSet { names = Set(members.map(\.name)) }
      let isNew =
        members.count < Self.membersWithoutSet
        ? !members.contains { $0.name == name } : names.insert(name).inserted
      guard isNew else { throw .duplicateName(at: location(of: start), name: name) }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw expected("a colon") }
      members.append(JSONMember(name, try value(depth: depth + 1)))
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw expected("a comma or }") }
    }
  }

  private mutating func array(depth: Int) throws(JSONTextError) -> JSONDocument {
    position += 1
    var values: [JSONDocument] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      values.append(try value(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(values) }
      guard take(UInt8(ascii: ",")) else { throw expected("a comma or ]") }
    }
  }

  private mutating func word(
    _ word: StaticString,
    _ value: JSONDocument
  ) throws(JSONTextError) -> JSONDocument {
    let text = word.withUTF8Buffer { Array($0) }
    guard bytes[position...].starts(with: text) else { throw expected("a value") }
    position += text.count
    return value
  }

  private mutating func number() throws(JSONTextError) -> JSONDocument {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() throws(JSONTextError) {
    let start = position
    while let byte = peek, 0x30...0x39 ~= byte { position += 1 }
    guard position > start else { throw expected("a digit") }
  }

  private mutating func string() throws(JSONTextError) -> String {
    position += 1
    var text = ""
    var start = position
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        text += String(decoding: bytes[start..<position], as: UTF8.self)
        position += 1
        return text
      case UInt8(ascii: "\\"):
        text += String(decoding: bytes[start..<position], as: UTF8.self)
        position += 1
        text.unicodeScalars.append(try escape())
        start = position
      case 0..<0x20: throw expected("no control character")
      default: position += 1
      }
    }
    throw expected("the end of a string")
  }

  private mutating func escape() throws(JSONTextError) -> Unicode.Scalar {
    guard let byte = peek else { throw expected("an escape") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try codeUnit()
    default:
      position -= 1
      throw expected("an escape that JSON knows")
    }
  }

  private mutating func codeUnit() throws(JSONTextError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw expected("the second half of a surrogate pair")
    }
    let second = try hexadecimal()
    guard 0xDC00...0xDFFF ~= second,
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw expected("the second half of a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONTextError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw expected("four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  // MARK: Bytes

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private borrowing func expected(_ what: String) -> JSONTextError {
    .syntax(at: location(of: position), expected: what)
  }

  private borrowing func location(of index: Int) -> ErrorLocation {
    let before = bytes[..<min(index, bytes.count)]
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = before[start...].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    let line = before.reduce(line) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    return ErrorLocation(file: file, line: line, column: column)
  }
}
