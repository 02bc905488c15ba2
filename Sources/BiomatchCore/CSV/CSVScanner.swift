/// Splits CSV text after RFC 4180 into rows, fed piece by piece.
///
/// Fields are separated by commas and rows by LF or CR LF; a field in quotes may hold commas, line
/// breaks and doubled quotes. A byte-order mark at the start and lines without any character are
/// passed over. The text is UTF-8. Everything else is a ``CSVError``; after an error the scanner
/// repeats it and gives no more rows.
///
/// ```swift
/// var scanner = CSVScanner()
/// scanner.feed(Array("a,\"b, ".utf8))
/// try scanner.nextRow()  // nil: there is no whole row yet
/// scanner.feed(Array("c\"\n".utf8))
/// try scanner.nextRow()?.strings  // ["a", "b, c"]
/// ```
///
/// Memory is bounded by the piece and the limits; time is linear in the text however it is cut.
/// ``CSVReader`` adds the header and reads files.
public struct CSVScanner: Sendable {
  private enum State {
    case fieldStart, unquoted, quoted, quoteInQuoted, carriageReturn
  }

  private let limits: CSVLimits
  private var input: [UInt8] = []
  private var position = 0
  private(set) var isFinished = false
  private var isPastStart = false
  private var failure: CSVError?

  private var state = State.fieldStart
  private var row = CSVRow()
  private var rowHasQuotes = false
  private var utf8 = UTF8Validator()
  private var line = 1
  private var column = 1

  /// A scanner at the start of a text.
  ///
  /// - Parameter file: the name to be given in errors.
  public init(file: String? = nil, limits: CSVLimits = .standard) {
    self.limits = limits
    row.file = file
  }

  /// Adds the next piece of the text.
  public mutating func feed(_ piece: [UInt8]) {
    precondition(!isFinished, "the text was said to be finished")
    if position == input.count {
      input = piece
    } else {
      input.removeFirst(position)
      input += piece
    }
    position = 0
  }

  /// Says that there is no further piece: what was fed last may end without a line break.
  public mutating func finish() { isFinished = true }

  /// The next row, or `nil` when the rest of it has not been fed or, after ``finish()``, when there
  /// is none.
  public mutating func nextRow() throws(CSVError) -> CSVRow? {
    if let failure { throw failure }
    do {
      return try scanRow()
    } catch {
      failure = error
      throw error
    }
  }

  /// Where the scanner stands.
  var location: ErrorLocation { ErrorLocation(file: row.file, line: line, column: column) }

  // MARK: States

  private mutating func scanRow() throws(CSVError) -> CSVRow? {
    guard skipByteOrderMark() else { return nil }
    while position < input.count {
      let byte = input[position]
      switch state {
      case .fieldStart:
        row.marks.append(CSVRow.Mark(line: line, column: column))
        guard row.marks.count <= limits.fields else {
          throw .tooManyFields(at: location, limit: limits.fields)
        }
        if byte == .quote {
          rowHasQuotes = true
          pass()
          state = .quoted
        } else {
          state = .unquoted
        }
      case .unquoted:
        try takeRun {
          $0 == .comma || $0 == .lineFeed || $0 == .carriageReturn || $0 == .quote || $0 == .nul
        }
        guard position < input.count else { break }
        switch input[position] {
        case .quote: throw .strayQuote(at: location)
        case .nul: throw .nul(at: location)
        default: if let row = try endField() { return row }
        }
      case .quoted:
        try takeRun { $0 == .quote || $0 == .lineFeed || $0 == .nul }
        guard position < input.count else { break }
        switch input[position] {
        case .nul: throw .nul(at: location)
        case .lineFeed:
          try take(.lineFeed)
          breakLine()
        default:
          guard utf8.isComplete else { throw .invalidUTF8(at: location) }
          pass()
          state = .quoteInQuoted
        }
      case .quoteInQuoted:
        switch byte {
        case .quote:
          try take(.quote)
          state = .quoted
        case .comma, .lineFeed, .carriageReturn: if let row = try endField() { return row }
        default: throw .textAfterQuote(at: location)
        }
      case .carriageReturn:
        guard byte == .lineFeed else { throw .carriageReturn(at: carriageReturnLocation) }
        if let row = endRow() { return row }
      }
    }
    return isFinished ? try endText() : nil
  }

  /// Ends a field at the comma, CR or LF here, and with an LF the row.
  private mutating func endField() throws(CSVError) -> CSVRow? {
    guard utf8.isComplete else { throw .invalidUTF8(at: location) }
    row.marks[row.marks.count - 1].end = row.contents.count
    switch input[position] {
    case .comma:
      pass()
      state = .fieldStart
      return nil
    case .carriageReturn:
      pass()
      state = .carriageReturn
      return nil
    default: return endRow()
    }
  }

  /// Ends a row at the LF here; `nil` for a line without any character.
  private mutating func endRow() -> CSVRow? {
    row.endLine = line
    row.endColumn = column
    pass()
    breakLine()
    return finishedRow()
  }

  private mutating func endText() throws(CSVError) -> CSVRow? {
    switch state {
    case .quoted:
      let opening = row.marks[row.marks.count - 1]
      throw .unterminatedQuote(
        at: ErrorLocation(file: row.file, line: opening.line, column: opening.column)
      )
    case .carriageReturn: throw .carriageReturn(at: carriageReturnLocation)
    case .fieldStart:
      if row.marks.isEmpty { return nil }
      row.marks.append(CSVRow.Mark(line: line, column: column))
    case .unquoted, .quoteInQuoted: break
    }
    guard utf8.isComplete else { throw .invalidUTF8(at: location) }
    row.marks[row.marks.count - 1].end = row.contents.count
    row.endLine = line
    row.endColumn = column
    return finishedRow()
  }

  private mutating func finishedRow() -> CSVRow? {
    let finished = row
    let isBlank = row.marks.count == 1 && row.contents.isEmpty && !rowHasQuotes
    row = CSVRow()
    row.file = finished.file
    // The next row is likely to have as much; a single long one must not make all others large.
    row.contents.reserveCapacity(min(finished.contents.count, 1 << 10))
    row.marks.reserveCapacity(finished.marks.count)
    rowHasQuotes = false
    state = .fieldStart
    return isBlank ? nil : finished
  }

  /// `false` when too few bytes are there to tell.
  private mutating func skipByteOrderMark() -> Bool {
    guard !isPastStart else { return true }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = input.prefix(mark.count)
    if start.count < mark.count, !isFinished, mark.starts(with: start) { return false }
    if start.elementsEqual(mark) { position = mark.count }
    isPastStart = true
    return true
  }

  // MARK: Bytes

  private var carriageReturnLocation: ErrorLocation {
    ErrorLocation(file: row.file, line: line, column: column - 1)
  }

  /// Passes over the byte here, which is a character of its own.
  private mutating func pass() {
    position += 1
    column += 1
  }

  private mutating func breakLine() {
    line += 1
    column = 1
  }

  /// Takes the byte here, which is a character of its own, into the field.
  private mutating func take(_ byte: UInt8) throws(CSVError) {
    guard utf8.isComplete else { throw .invalidUTF8(at: location) }
    guard row.contents.count < limits.rowBytes else {
      throw .rowTooLong(at: location, limit: limits.rowBytes)
    }
    row.contents.append(byte)
    pass()
  }

  /// Takes the bytes from here to the first that ends the run, or to the end of the piece.
  @inline(__always)
  private mutating func takeRun(until endsRun: (UInt8) -> Bool) throws(CSVError) {
    var end = position
    var union: UInt8 = 0
    while end < input.count, !endsRun(input[end]) {
      union |= input[end]
      end += 1
    }
    // Taken up to the limit, so that the first error of the text is found wherever pieces end.
    let room = limits.rowBytes - row.contents.count
    let isTooLong = end - position > room
    if isTooLong { end = position + room }
    if union < 0x80, utf8.isComplete {
      column += end - position
    } else {
      for byte in input[position..<end] {
        guard utf8.accept(byte) else { throw .invalidUTF8(at: location) }
        if utf8.isComplete { column += 1 }
      }
    }
    row.contents += input[position..<end]
    position = end
    if isTooLong { throw .rowTooLong(at: location, limit: limits.rowBytes) }
  }
}

extension UInt8 {
  static let comma = UInt8(ascii: ",")
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let nul: UInt8 = 0
}
