/// The fields of one row, without their quotes.
public struct CSVRow: Sendable, Hashable {
  /// Where a field starts in the text and ends in ``contents``.
  struct Mark: Sendable, Hashable {
    var line: Int
    /// 0 where it is unknown.
    var column: Int
    var end = 0
  }

  /// The bytes of all fields, one after another.
  var contents: [UInt8] = []
  var marks: [Mark] = []
  var file: String?
  /// Where the row's line break is.
  var endLine = 1
  var endColumn = 1

  /// No fields yet.
  init() {}

  /// Fields of a line that is no CSV, whose columns are unknown.
  package init(fields: [String], file: String?, line: Int) {
    self.file = file
    endLine = line
    for field in fields {
      contents += field.utf8
      marks.append(Mark(line: line, column: 0, end: contents.count))
    }
  }

  /// How many fields there are.
  public var count: Int { marks.count }

  /// How many bytes the fields and what separates them take, without quotes.
  package var byteCount: Int { contents.count + marks.count }

  /// The field with that number, counted from zero, as text.
  public subscript(_ field: Int) -> String { String(decoding: bytes(of: field), as: UTF8.self) }

  /// All fields as texts.
  public var strings: [String] { marks.indices.map { self[$0] } }

  /// The field with that number as valid UTF-8.
  public func bytes(of field: Int) -> ArraySlice<UInt8> {
    contents[(field == 0 ? 0 : marks[field - 1].end)..<marks[field].end]
  }

  /// The place where that field starts, for errors about its content.
  ///
  /// - Parameter name: the name of its column.
  public func location(of field: Int, name: String? = nil) -> ErrorLocation {
    let (line, column) = (marks[field].line, marks[field].column)
    return ErrorLocation(file: file, line: line, column: column == 0 ? nil : column, field: name)
  }
}
