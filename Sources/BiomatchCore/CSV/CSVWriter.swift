/// Writes a table in CSV after RFC 4180, with quotes where they are needed.
///
/// ```swift
/// var writer = CSVWriter(columns: ["name", "remark"])
/// try writer.write(["Ada", "said \"yes\", twice"])
/// writer.takeBytes()  // name,remark⏎Ada,"said ""yes"", twice"⏎
/// ```
///
/// What it writes, ``CSVReader`` reads back field by field.
public struct CSVWriter: Sendable {
  /// What stands between rows.
  public enum LineEnding: String, Sendable, Hashable {
    /// The line feed of Unix.
    case lineFeed = "\n"
    /// Carriage return and line feed, the letter of RFC 4180.
    case carriageReturnLineFeed = "\r\n"
  }

  private let columnCount: Int
  private let lineEnding: LineEnding
  private var bytes: [UInt8] = []

  /// A writer that has written the header.
  ///
  /// - Parameter columns: at least one name, without U+0000.
  public init(columns: [String], lineEnding: LineEnding = .lineFeed) {
    precondition(!columns.isEmpty, "a table has at least one column")
    columnCount = columns.count
    self.lineEnding = lineEnding
    do { try write(columns) } catch { preconditionFailure("a column name has no U+0000") }
  }

  /// How many bytes wait to be taken.
  public var count: Int { bytes.count }

  /// Writes a row of as many fields as there are columns; another number is a programmer error.
  ///
  /// - Throws: ``CSVError/nul(at:)`` when a field holds U+0000, which a text file cannot have; then
  ///   nothing of the row is written.
  public mutating func write(_ fields: some Collection<String>) throws(CSVError) {
    precondition(fields.count == columnCount, "a row has \(columnCount) fields")
    let before = bytes.count
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(.comma) }
      let start = bytes.count
      bytes.append(contentsOf: field.utf8)
      switch Self.need(of: bytes[start...], isOnlyField: columnCount == 1) {
      case .plain: break
      case .quotes:
        bytes.removeLast(bytes.count - start)
        appendQuoted(field)
      case .refusal:
        bytes.removeLast(bytes.count - before)
        throw .nul(at: ErrorLocation(field: "field \(index + 1)"))
      }
    }
    bytes.append(contentsOf: lineEnding.rawValue.utf8)
  }

  /// Hands over what has been written since the last time.
  public mutating func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// A field as it stands in a table of several columns, for those who write many rows. It has no U+0000.
  package static func text(of field: String) -> [UInt8] {
    let bytes = Array(field.utf8)
    guard case .plain = need(of: bytes[...], isOnlyField: false) else {
      var writer = CSVWriter()
      writer.appendQuoted(field)
      return writer.bytes
    }
    return bytes
  }

  private init() { (columnCount, lineEnding) = (0, .lineFeed) }

  // MARK: Quoting

  private enum Need { case plain, quotes, refusal }

  private static func need(of field: ArraySlice<UInt8>, isOnlyField: Bool) -> Need {
    // An empty line is no row, and a byte-order mark at the start of the text no part of a field.
    var need: Need = field.isEmpty && isOnlyField || field.first == 0xEF ? .quotes : .plain
    for byte in field {
      switch byte {
      case .nul: return .refusal
      case .comma, .quote, .lineFeed, .carriageReturn: need = .quotes
      default: break
      }
    }
    return need
  }

  private mutating func appendQuoted(_ field: String) {
    bytes.append(.quote)
    for byte in field.utf8 {
      if byte == .quote { bytes.append(.quote) }
      bytes.append(byte)
    }
    bytes.append(.quote)
  }
}
