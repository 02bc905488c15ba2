import BiomatchCore

/// Why a file of face vectors cannot be read or written.
///
/// Rows and values in locations are counted from zero, as in `path#row`; lines and columns of a text
/// from one.
public enum FaceVectorFileError: BiomatchError, Hashable {
  /// The file could not be read or written.
  case file(FileError)
  /// The name does not tell the format.
  case unknownFormat(path: String)
  /// The header of a `.npy` file breaks a rule, at so many bytes from the start of the file.
  case npy(NPYRule, path: String, offset: Int, found: String?)
  /// A `.npy` file is shorter or longer than its header says, in bytes; `nil` for a pipe that goes on.
  case length(path: String, expected: Int, found: Int?)
  /// A file of raw values is no whole number of vectors, in bytes.
  case rawLength(path: String, dimension: Int, found: Int)
  /// A text breaks the rules of CSV.
  case csv(CSVError)
  /// A CSV file has no row.
  case noRows(path: String)
  /// A field of a CSV file is no number.
  case notANumber(at: ErrorLocation, found: String)
  /// A field of a CSV file is no identifier.
  case identifier(IdentifierError, at: ErrorLocation)
  /// A row is no face vector.
  case vector(FaceVectorError, at: ErrorLocation)
  /// A number is beyond the range of 32 bits.
  case overflow(at: ErrorLocation)
  /// Vectors have another dimension than those before.
  case otherDimension(at: ErrorLocation, expected: Int, found: Int)
  /// A file does not have so many rows.
  case missingRow(path: String, row: Int)
  /// A row of a pipe has been read or passed over, and does not come again.
  case passedRow(path: String, row: Int)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .file(let error): error.code
    case .unknownFormat: "face.format"
    case .npy(let rule, _, _, _): "face.npy.\(rule.rawValue)"
    case .length: "face.npy.length"
    case .rawLength: "face.raw.length"
    case .csv(let error): error.code
    case .noRows: "face.csv.empty"
    case .notANumber: "face.csv.number"
    case .identifier(let error, _): error.code
    case .vector(let error, _): error.code
    case .overflow: "face.overflow"
    case .otherDimension: "face.other-dimension"
    case .missingRow: "face.missing-row"
    case .passedRow: "face.passed-row"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .file(let error): error.location
    case .npy(_, let path, let offset, _): ErrorLocation(file: path, byteOffset: offset)
    case .unknownFormat(let path), .length(let path, _, _), .rawLength(let path, _, _),
      .noRows(let path):
      ErrorLocation(file: path)
    case .csv(let error): error.location
    case .notANumber(let place, _), .identifier(_, let place), .vector(_, let place),
      .overflow(let place), .otherDimension(let place, _, _):
      place
    case .missingRow(let path, let row), .passedRow(let path, let row):
      ErrorLocation(file: path, row: row)
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .file(let error): error.rule
    case .unknownFormat:
      "a file of face vectors must be .npy or .csv, or raw with a given dimension"
    case .npy(let rule, _, _, let found): rule.text + (found.map { ", found \($0)" } ?? "")
    case .length(_, let expected, let found):
      "the file must have the \(expected) bytes that its header says, found "
        + (found.map { "\($0)" } ?? "more")
    case .rawLength(_, let dimension, let found):
      "the file must have \(dimension * ElementType.single.size) bytes a vector, found \(found) bytes"
    case .csv(let error): error.rule
    case .noRows: "the file must have at least one row"
    case .notANumber(_, let found): "a number is expected, found '\(found)'"
    case .identifier(let error, _): error.rule
    case .vector(let error, let place): error.rule + (place.isRow ? Self.counting : "")
    case .overflow:
      "a value must be within the range of 32-bit floating-point numbers" + Self.counting
    case .otherDimension(_, let expected, let found):
      "all vectors must have one dimension, \(expected), found \(found) values"
    case .missingRow: "the file does not have the row that is asked for" + Self.counting
    case .passedRow: "rows of a pipe must be asked for in the order of the file" + Self.counting
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .file(let error): error.remedy
    case .unknownFormat: "rename the file, or state the format and for raw values the dimension"
    case .npy(let rule, _, _, _): rule.remedy
    case .length: "copy the file again, or write the array anew"
    case .rawLength: "check the dimension, and that the values have 32 bits"
    case .csv(let error): error.remedy
    case .noRows: "check that this is the right file"
    case .notANumber:
      "correct the field, or name the column if it holds identifiers; a header has no numbers"
    case .identifier(let error, _): error.remedy
    case .vector(let error, _): error.remedy
    case .overflow: "bring the vectors to unit length"
    case .otherDimension: "put vectors of different models into files of their own"
    case .missingRow: "give a lower number"
    case .passedRow: "save the input to a file"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .file(let error): error.category
    case .csv(let error): error.category
    case .unknownFormat, .passedRow: .usage
    default: .badData
    }
  }

  private static let counting = "; rows and values are counted from 0"
}

extension ErrorLocation {
  /// Whether it is the place of a row.
  fileprivate var isRow: Bool { field?.hasPrefix("row ") == true }

  /// The place of a row, or of a value in it, in a file of vectors.
  init(file: String, line: Int? = nil, column: Int? = nil, row: Int, value: Int? = nil) {
    self.init(
      file: file,
      line: line,
      column: column,
      field: "row \(row)" + (value.map { ", value \($0)" } ?? "")
    )
  }
}
