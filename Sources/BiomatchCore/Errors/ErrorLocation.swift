/// Where in an input an error was found; every part is optional.
public struct ErrorLocation: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The file's path as the caller gave it, or `-` for standard input.
  public var file: String?
  /// Offset of the offending byte from the start of the file or record, counted from zero.
  public var byteOffset: Int?
  /// Line, counted from one.
  public var line: Int?
  /// Column within the line, counted from one.
  public var column: Int?
  /// The field's name in the terms of its format, for example `view 2, minutia 7, angle`.
  public var field: String?

  /// A location with the given parts.
  public init(
    file: String? = nil,
    byteOffset: Int? = nil,
    line: Int? = nil,
    column: Int? = nil,
    field: String? = nil
  ) {
    self.file = file
    self.byteOffset = byteOffset
    self.line = line
    self.column = column
    self.field = field
  }

  /// The known parts, separated by commas, `people.csv, line 7, column 3, sex` for example; empty
  /// when nothing is known.
  public var description: String {
    var parts: [String] = []
    if let file { parts.append(file) }
    if let line { parts.append("line \(line)") }
    if let column { parts.append("column \(column)") }
    if let byteOffset { parts.append("byte \(byteOffset)") }
    if let field { parts.append(field) }
    return parts.joined(separator: ", ")
  }
}
