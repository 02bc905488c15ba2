/// Why a file is no list of identifiers, or not the one that belongs to the samples.
public enum IdentifierListError: BiomatchError, Hashable {
  /// The file could not be read.
  case file(FileError)
  /// The file is not the table that was expected.
  case csv(CSVError)
  /// An entry is no identifier.
  case identifier(IdentifierError, at: ErrorLocation)
  /// A line is far too long for an identifier.
  case lineTooLong(at: ErrorLocation, limit: Int)
  /// A line has a carriage return that does not end it.
  case carriageReturn(at: ErrorLocation)
  /// Two samples have one identifier; the number of the first entry with it is counted from zero.
  case duplicate(at: ErrorLocation, identifier: String, firstEntry: Int)
  /// There are more or fewer identifiers than samples.
  case count(path: String, kind: IdentifierKind, expected: Int, found: Int)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .file(let error): error.code
    case .csv(let error): error.code
    case .identifier(let error, _): error.code
    case .lineTooLong: "identifier-list.line-length"
    case .carriageReturn: "identifier-list.carriage-return"
    case .duplicate: "identifier-list.duplicate"
    case .count: "identifier-list.count"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .file(let error): error.location
    case .csv(let error): error.location
    case .identifier(_, let place), .lineTooLong(let place, _), .carriageReturn(let place),
      .duplicate(let place, _, _):
      place
    case .count(let path, _, _, _): ErrorLocation(file: path)
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .file(let error): error.rule
    case .csv(let error): error.rule
    case .identifier(let error, _): error.rule
    case .lineTooLong(_, let limit):
      "there must be one identifier a line, found a line of more than \(limit) bytes"
    case .carriageReturn: "a carriage return must be followed by a line feed"
    case .duplicate(_, let identifier, let first):
      "a sample must have an identifier of its own, found '\(identifier)' again, which is entry \(first) "
        + "too (counted from 0)"
    case .count(_, let kind, let expected, let found):
      "there must be one \(kind.rawValue) for each of the \(expected) samples, found \(found)"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .file(let error): error.remedy
    case .csv(let error): error.remedy
    case .identifier(let error, _): error.remedy
    case .lineTooLong: "check that this is the right file, and name the column if it is CSV"
    case .carriageReturn: "end lines with LF or CR LF"
    case .duplicate: "give each sample another identifier; labels may repeat"
    case .count: "check that both files are of the same samples, in the same order"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .file(let error): error.category
    case .csv(let error): error.category
    default: .badData
    }
  }
}
