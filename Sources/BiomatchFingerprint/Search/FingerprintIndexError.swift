import BiomatchCore

/// Why an index cannot be changed, searched, opened or saved.
public enum FingerprintIndexError: BiomatchError, Hashable {
  /// Two prints have one identifier.
  case duplicateReference(ReferenceID)
  /// The index has no room for more rows.
  case full(limit: Int)
  /// A limit that no search has.
  case limit(Int)
  /// A selection that belongs to another snapshot.
  case selection
  /// A probe that was prepared with other parameters than the index's.
  case matcher(FingerprintMatcherError)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .duplicateReference: "index.duplicate-reference"
    case .full: "index.full"
    case .limit: "index.limit"
    case .selection: "index.selection"
    case .matcher(let error): error.code
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .duplicateReference: ErrorLocation(field: "reference")
    case .full: ErrorLocation()
    case .limit: ErrorLocation(field: "limit")
    case .selection: ErrorLocation(field: "selection")
    case .matcher(let error): error.location
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .duplicateReference(let reference):
      "an index has one print of a reference, found '\(reference)' again"
    case .full(let limit): "an index has at most \(limit) rows"
    case .limit(let found):
      "a search lists 1 to \(FingerprintSearchOptions.largestLimit) candidates, found \(found)"
    case .selection: "rows are selected from the snapshot that is searched"
    case .matcher(let error): error.rule
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .duplicateReference:
      "give every print a reference of its own, or remove the older print first; nothing was added"
    case .full: "split the prints over several indexes"
    case .limit: "choose another limit"
    case .selection: "select the rows again"
    case .matcher(let error): error.remedy
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .duplicateReference, .full: .badData
    case .limit, .selection: .usage
    case .matcher(let error): error.category
    }
  }
}
