import BiomatchCore

/// Reads codes written in JSON: one object with the list `clks`, as clkhash writes it, or an object for
/// each record with `id` and `clk`. Other members are passed over.
struct CodesJSON: ~Copyable {
  /// Values within values at most.
  private static let depthLimit = 64
  /// Bytes of a text that is read at most: of a code of 4,096 bits in base64, every character escaped.
  private static let textLimit = 8192

  private var pieces: FilePieces
  private var builder: CodesBuilder

  /// The codes of a text.
  ///
  /// - Parameter isList: whether the text may have no object at all.
  /// - Throws: ``CodesFileError``, with the offset of the byte.
  static func read(
    _ pieces: consuming FilePieces,
    isList: Bool,
    _ builder: CodesBuilder
  ) throws(CodesFileError) -> CodesBuilder {
    var reader = CodesJSON(pieces: pieces, builder: builder)
    let start = reader.pieces.location
    let count = try reader.readAll()
    guard isList || count > 0 else { throw .noCodes(at: start) }
    return reader.builder
  }

  private init(pieces: consuming FilePieces, builder: CodesBuilder) {
    self.pieces = pieces
    self.builder = builder
  }

  /// Reads all objects, and says how many there are.
  private mutating func readAll() throws(CodesFileError) -> Int {
    var count = 0
    // A byte-order mark is no part of the text.
    if try pieces.peek() == 0xEF { for _ in 0..<3 { _ = try pieces.next() } }
    while let byte = try skipSpace() {
      guard byte == UInt8(ascii: "{") else { throw expected("an object") }
      try readObject()
      count += 1
    }
    return count
  }

  private mutating func readObject() throws(CodesFileError) {
    let start = pieces.location
    var identifier: ReferenceID?
    var code: (bytes: [UInt8], place: ErrorLocation)?
    var hasList = false
    try take("{")
    if try skipSpace() == UInt8(ascii: "}") {
      try take("}")
    } else {
      repeat {
        _ = try skipSpace()
        let name = try readText()
        _ = try skipSpace()
        try take(":")
        _ = try skipSpace()
        switch String(decoding: name, as: UTF8.self) {
        case "clks":
          hasList = true
          try readList()
        case "id":
          let place = pieces.location
          let text = try readText()
          do { identifier = try ReferenceID(utf8: text) } catch {
            throw .identifier(error, at: place)
          }
        case "clk": code = try readCode()
        default: try skipValue(depth: 0)
        }
      } while try isFollowed(before: "}")
    }
    if let code {
      if identifier == nil { identifier = try builder.nextIdentifier }
      guard let identifier else { return }
      try builder.append(identifier, code.bytes, at: code.place)
    } else if !hasList {
      throw .json(rule: "an object must have the list 'clks', or 'clk'", at: start)
    }
  }

  private mutating func readList() throws(CodesFileError) {
    try take("[")
    guard try skipSpace() != UInt8(ascii: "]") else { return try take("]") }
    repeat {
      _ = try skipSpace()
      let code = try readCode()
      try builder.append(builder.nextIdentifier, code.bytes, at: code.place)
    } while try isFollowed(before: "]")
  }

  private mutating func readCode() throws(CodesFileError) -> (
    bytes: [UInt8], place: ErrorLocation
  ) {
    let place = pieces.location
    let text = String(decoding: try readText(), as: UTF8.self)
    guard let bytes = Base64.bytes(text) else { throw .base64(at: place) }
    return (bytes, place)
  }

  // MARK: JSON

  /// After a member or an element: whether a comma comes; the end is taken too.
  private mutating func isFollowed(before end: Unicode.Scalar) throws(CodesFileError) -> Bool {
    if try skipSpace() == UInt8(ascii: ",") {
      try take(",")
      return true
    }
    try take(end)
    return false
  }

  /// The next byte that is no space.
  private mutating func skipSpace() throws(CodesFileError) -> UInt8? {
    while let byte = try pieces.peek(), [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
      _ = try pieces.next()
    }
    return try pieces.peek()
  }

  private mutating func take(_ character: Unicode.Scalar) throws(CodesFileError) {
    guard try pieces.peek() == UInt8(ascii: character) else { throw expected("'\(character)'") }
    _ = try pieces.next()
  }

  private func expected(_ what: String) -> CodesFileError {
    .json(rule: "\(what) is expected here", at: pieces.location)
  }

  private mutating func readText() throws(CodesFileError) -> [UInt8] {
    try take("\"")
    var text: [UInt8] = []
    while true {
      let place = pieces.location
      guard let byte = try pieces.next() else { throw expected("the end of the text") }
      switch byte {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"): text += try readEscape(at: place)
      case 0..<0x20: throw .json(rule: "a text must not have a control character", at: place)
      default: text.append(byte)
      }
      guard text.count <= Self.textLimit else {
        throw .json(rule: "a text must have at most \(Self.textLimit) bytes", at: place)
      }
    }
  }

  private mutating func readEscape(at place: ErrorLocation) throws(CodesFileError) -> [UInt8] {
    switch try pieces.next() {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "\""): return [UInt8(ascii: "\"")]
    case UInt8(ascii: "\\"): return [UInt8(ascii: "\\")]
    case UInt8(ascii: "/"): return [UInt8(ascii: "/")]
    case UInt8(ascii: "u"): return try readScalar(at: place)
    default: throw .json(rule: "a backslash must be followed by what it escapes", at: place)
    }
  }

  private mutating func readScalar(at place: ErrorLocation) throws(CodesFileError) -> [UInt8] {
    var value = try readHexadecimal(at: place)
    if 0xD800..<0xDC00 ~= value {
      guard try pieces.next() == UInt8(ascii: "\\"), try pieces.next() == UInt8(ascii: "u") else {
        throw .json(rule: "a surrogate must have its other half", at: place)
      }
      let low = try readHexadecimal(at: place)
      guard 0xDC00..<0xE000 ~= low else {
        throw .json(rule: "a surrogate must have its other half", at: place)
      }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw .json(rule: "a surrogate must have its other half", at: place)
    }
    return Array(String(scalar).utf8)
  }

  private mutating func readHexadecimal(at place: ErrorLocation) throws(CodesFileError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = try pieces.next(),
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { throw .json(rule: "four hexadecimal digits must follow", at: place) }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private mutating func skipValue(depth: Int) throws(CodesFileError) {
    guard depth < Self.depthLimit else {
      throw .json(rule: "values must lie in at most \(Self.depthLimit) others", at: pieces.location)
    }
    switch try skipSpace() {
    case UInt8(ascii: "\""): _ = try readText()
    case UInt8(ascii: "["):
      try take("[")
      guard try skipSpace() != UInt8(ascii: "]") else { return try take("]") }
      repeat { try skipValue(depth: depth + 1) } while try isFollowed(before: "]")
    case UInt8(ascii: "{"):
      try take("{")
      guard try skipSpace() != UInt8(ascii: "}") else { return try take("}") }
      repeat {
        _ = try skipSpace()
        _ = try readText()
        _ = try skipSpace()
        try take(":")
        try skipValue(depth: depth + 1)
      } while try isFollowed(before: "}")
    default:
      // Numbers and names, whose letters are not looked at.
      var count = 0
      while let byte = try pieces.peek(), Self.isPlain(byte) {
        _ = try pieces.next()
        count += 1
      }
      guard count > 0 else { throw expected("a value") }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}
