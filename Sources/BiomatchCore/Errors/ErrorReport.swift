/// A ``BiomatchError`` in a form that travels, for services and for `--format json`.
///
/// ```json
/// {"code": "csv.ragged-row", "category": "badData", "exitCode": 65,
///  "location": {"file": "people.csv", "line": 7, "column": 31},
///  "rule": "…", "remedy": "…"}
/// ```
public struct ErrorReport: Sendable, Hashable, Codable {
  /// The stable dotted identifier.
  public var code: String
  /// The name of the ``ErrorCategory``.
  public var category: String
  /// The exit code of the command-line tool for this category.
  public var exitCode: Int32
  /// Where the offending input is; what is not known is left out.
  public var location: ErrorLocation
  /// The rule that was broken.
  public var rule: String
  /// What the reader can do about it.
  public var remedy: String

  /// The report of `error`.
  public init(_ error: any BiomatchError) {
    code = error.code
    category = String(describing: error.category)
    exitCode = error.category.rawValue
    location = error.location
    rule = error.rule
    remedy = error.remedy
  }

  /// The report of any error; one that is not ours counts as a defect of ours.
  public init(any error: any Error) {
    self.init(error as? any BiomatchError ?? UnexpectedError(underlying: String(describing: error)))
  }
}

private struct UnexpectedError: BiomatchError {
  let underlying: String

  var code: String { "unexpected" }
  var location: ErrorLocation { ErrorLocation() }
  var rule: String { underlying }
  var remedy: String { "report this together with the call that led to it" }
  var category: ErrorCategory { .software }
}
