import BiomatchCore

/// Why a file has no codes, or no candidate pairs, that can be used.
public enum CodesFileError: BiomatchError, Hashable {
  /// The file could not be read or written.
  case file(FileError)
  /// A text breaks the rules of CSV.
  case csv(CSVError)
  /// A saved container is damaged, or holds something else.
  case segment(SegmentError)
  /// A text breaks the rules of JSON, or is not the JSON that was expected.
  case json(rule: String, at: ErrorLocation)
  /// A code is not written in base64.
  case base64(at: ErrorLocation)
  /// A code cannot be one of the file's.
  case code(CodesError, at: ErrorLocation)
  /// A record's name is no identifier.
  case identifier(IdentifierError, at: ErrorLocation)
  /// The file has nothing at all, where one without codes would say so.
  case noCodes(at: ErrorLocation)
  /// How long a code is was not given, and a file of nothing but codes does not tell.
  case unknownLength(at: ErrorLocation)
  /// The file ends within a record.
  case partialCode(at: ErrorLocation, expected: Int, found: Int)
  /// A container's parts do not fit each other.
  case container(path: String)
  /// A file of candidate pairs is of another version, or has fields of sizes that there are not.
  case candidatesHeader(at: ErrorLocation, found: [UInt8])
  /// A file of candidate pairs ends within its header, or within a pair that starts there.
  case candidatesLength(at: ErrorLocation)
  /// A candidate pair has a score or a number that it cannot have.
  case candidate(at: ErrorLocation)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .file(let error): error.code
    case .csv(let error): error.code
    case .segment(let error): error.code
    case .json: "codes.json"
    case .base64: "codes.base64"
    case .code(let error, _): error.code
    case .identifier(let error, _): error.code
    case .noCodes: "codes.none"
    case .unknownLength: "codes.unknown-length"
    case .partialCode: "codes.partial"
    case .container: "codes.container"
    case .candidatesHeader: "candidates.header"
    case .candidatesLength: "candidates.length"
    case .candidate: "candidates.value"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .file(let error): error.location
    case .csv(let error): error.location
    case .segment(let error): error.location
    case .json(_, let place), .base64(let place), .code(_, let place), .identifier(_, let place),
      .noCodes(let place), .unknownLength(let place), .partialCode(let place, _, _),
      .candidatesHeader(let place, _), .candidatesLength(let place), .candidate(let place):
      place
    case .container(let path): ErrorLocation(file: path)
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .file(let error): error.rule
    case .csv(let error): error.rule
    case .segment(let error): error.rule
    case .json(let rule, _): rule
    case .base64: "a code must be written in base64 (RFC 4648), with its padding"
    case .code(let error, _): error.rule
    case .identifier(let error, _): error.rule
    case .noCodes: "a file of codes must say that it has none, and this one is empty"
    case .unknownLength:
      "the length of codes must be known where a file has nothing but their bytes"
    case .partialCode(_, let expected, let found):
      "every record must have \(expected) bytes, found \(found) for the last"
    case .container: "a container must have an identifier for each code, and whole codes"
    case .candidatesHeader(_, let found):
      "candidate pairs must begin with version 1 and the sizes of a score (4 or 8), of a data set's and of a "
        + "record's number (1, 2, 4 or 8), found \(found)"
    case .candidatesLength:
      "a file of candidate pairs must end behind its header or a pair, and this one ends within one of them"
    case .candidate:
      "a pair must have a score in 0...1, and records 0...4294967295 of data sets 0 and 1"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .file(let error): error.remedy
    case .csv(let error): error.remedy
    case .segment(let error): error.remedy
    case .unknownLength: "say how many bits a code has (--bits)"
    case .partialCode: "check that the file is complete, and that codes have as many bits"
    case .json, .noCodes: "give the JSON that clkhash writes, or lines with id and clk"
    case .base64: "check that the file is complete and of codes"
    case .code(let error, _): error.remedy
    case .identifier(let error, _): error.remedy
    case .container: "make the file again"
    case .candidatesHeader, .candidatesLength, .candidate:
      "check that the file is complete, and of candidate pairs of two data sets"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .file(let error): error.category
    case .csv(let error): error.category
    case .segment(let error): error.category
    case .unknownLength: .usage
    default: .badData
    }
  }
}
