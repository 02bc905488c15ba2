/// Why bytes are no JSON text.
public enum JSONTextError: BiomatchError, Hashable {
  /// Something else was expected here.
  case syntax(at: ErrorLocation, expected: String)
  /// The text is not UTF-8.
  case encoding(at: ErrorLocation)
  /// Arrays and objects lie in one another deeper than is read.
  case depth(at: ErrorLocation, limit: Int)
  /// An object has two members of one name.
  case duplicateName(at: ErrorLocation, name: String)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .syntax: "json.syntax"
    case .encoding: "json.utf8"
    case .depth: "json.depth"
    case .duplicateName: "json.duplicate-name"
    }
  }

  /// File, line and column.
  public var location: ErrorLocation {
    switch self {
    case .syntax(let place, _), .encoding(let place), .depth(let place, _),
      .duplicateName(let place, _):
      place
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .syntax(_, let expected): "JSON must have \(expected) here (RFC 8259)"
    case .encoding: "JSON must be UTF-8 (RFC 8259, 8.1)"
    case .depth(_, let limit): "arrays and objects must lie in one another at most \(limit) deep"
    case .duplicateName(_, let name):
      "the names of an object must differ, found \(Self.quoted(name)) twice"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .syntax: "correct the text"
    case .encoding: "save the file as UTF-8"
    case .depth: "check that this is the right file"
    case .duplicateName: "remove one of the two"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory { .badData }

  private static let nameLimit = 64

  /// A name as JSON writes it, at most its first characters: it may be long, and hold U+0000.
  private static func quoted(_ name: String) -> String {
    let scalars = name.unicodeScalars
    let start = String(String.UnicodeScalarView(scalars.prefix(nameLimit)))
    let end = scalars.count > nameLimit ? " and more" : ""
    return JSONDocument.string(start).text(isIndented: false) + end
  }
}
