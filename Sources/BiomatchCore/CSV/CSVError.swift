/// Why a text is not the CSV of RFC 4180, or not the table that was expected.
///
/// The location has the line and the character within the line, both counted from one.
public enum CSVError: BiomatchError, Hashable {
  /// A row has another number of fields than the header.
  case raggedRow(at: ErrorLocation, expected: Int, found: Int)
  /// The text ends inside a quoted field, which starts here.
  case unterminatedQuote(at: ErrorLocation)
  /// A quote stands inside a field that does not start with one.
  case strayQuote(at: ErrorLocation)
  /// A quoted field goes on after its closing quote.
  case textAfterQuote(at: ErrorLocation)
  /// A carriage return is not followed by a line feed.
  case carriageReturn(at: ErrorLocation)
  /// The text has a NUL byte.
  case nul(at: ErrorLocation)
  /// The text is not UTF-8.
  case invalidUTF8(at: ErrorLocation)
  /// A row is longer than the limit.
  case rowTooLong(at: ErrorLocation, limit: Int)
  /// A row has more fields than the limit.
  case tooManyFields(at: ErrorLocation, limit: Int)
  /// There is no header row.
  case missingHeader(at: ErrorLocation)
  /// The header lacks a column that is needed.
  case missingColumn(at: ErrorLocation, name: String, found: [String])
  /// The header has a column that is needed more than once.
  case duplicateColumn(at: ErrorLocation, name: String)
  /// A field does not hold the kind of value that its column has.
  case badValue(at: ErrorLocation, expected: String, found: String)
  /// The file could not be read.
  case file(FileError)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .raggedRow: "csv.ragged-row"
    case .unterminatedQuote: "csv.unterminated-quote"
    case .strayQuote: "csv.stray-quote"
    case .textAfterQuote: "csv.text-after-quote"
    case .carriageReturn: "csv.carriage-return"
    case .nul: "csv.nul"
    case .invalidUTF8: "csv.utf8"
    case .rowTooLong: "csv.row-length"
    case .tooManyFields: "csv.field-count"
    case .missingHeader: "csv.header"
    case .missingColumn: "csv.missing-column"
    case .duplicateColumn: "csv.duplicate-column"
    case .badValue: "csv.value"
    case .file(let error): error.code
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .raggedRow(let place, _, _), .unterminatedQuote(let place), .strayQuote(let place),
      .textAfterQuote(let place), .carriageReturn(let place), .nul(let place),
      .invalidUTF8(let place), .rowTooLong(let place, _), .tooManyFields(let place, _),
      .missingHeader(let place), .missingColumn(let place, _, _), .duplicateColumn(let place, _),
      .badValue(let place, _, _):
      place
    case .file(let error): error.location
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .raggedRow(_, let expected, let found):
      "every row must have as many fields as the header, \(expected), found \(found)"
    case .unterminatedQuote: "a quoted field must end with a quote, and this one never does"
    case .strayQuote: "a field that contains a quote must be quoted as a whole"
    case .textAfterQuote: "after the closing quote must come a comma or the end of the line"
    case .carriageReturn: "a carriage return must be followed by a line feed"
    case .nul: "a text must not have a NUL byte"
    case .invalidUTF8: "the text must be UTF-8"
    case .rowTooLong(_, let limit): "a row must have at most \(limit) bytes"
    case .tooManyFields(_, let limit): "a row must have at most \(limit) fields"
    case .missingHeader: "the first row must name the columns, and there is no row"
    case .missingColumn(_, let name, let found):
      "the column '\(name)' is needed, found \(found.map { "'\($0)'" }.joined(separator: ", "))"
    case .duplicateColumn(_, let name): "the column '\(name)' must occur once only"
    case .badValue(_, let expected, let found): "\(expected) is expected, found '\(found)'"
    case .file(let error): error.rule
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .raggedRow: "quote fields that contain a comma or a line break"
    case .unterminatedQuote: "close the quote, and double the quotes inside the field"
    case .strayQuote, .textAfterQuote: "quote the whole field, and double the quotes inside it"
    case .carriageReturn: "end lines with LF or CR LF"
    case .nul, .invalidUTF8: "save the file as UTF-8"
    case .rowTooLong, .tooManyFields: "check that this is a CSV file"
    case .missingHeader: "add a row of column names"
    case .missingColumn: "rename or add the column, and separate columns by commas"
    case .duplicateColumn: "remove one of the columns"
    case .badValue: "correct the field"
    case .file(let error): error.remedy
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    if case .file(let error) = self { error.category } else { .badData }
  }
}
