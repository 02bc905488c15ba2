/// What every error of this library tells: a stable code, where, which rule, and what to do next.
///
/// Conforming types are small enums, one per concern, with a documented case for each rule. A
/// program branches on ``code``; a person reads ``description``.
public protocol BiomatchError: Error, Sendable, CustomStringConvertible {
  /// A stable dotted identifier, for example `minutiae.iso2005.length`.
  ///
  /// Codes are part of the public interface: they are never reused for another rule.
  var code: String { get }

  /// Where the offending input is, as far as it is known.
  var location: ErrorLocation { get }

  /// What is wrong: the rule that was broken, with the expected and the found value, as a sentence without a
  /// full stop.
  ///
  /// Nobody must take it for a finding that all is well. So a rule says what must be ("a row must have 3
  /// fields, found 4"), or the sentence says what is not ("no such subject is enrolled").
  var rule: String { get }

  /// What the reader can do about it, as a sentence without a full stop.
  var remedy: String { get }

  /// The class of failure, which decides the exit code of the command-line tool.
  var category: ErrorCategory { get }
}

extension BiomatchError {
  /// One line for people: location, rule, remedy and code.
  public var description: String {
    let place = location.description
    return (place.isEmpty ? "" : place + ": ") + "\(rule); \(remedy) [\(code)]"
  }
}

/// The class of a failure, named and numbered after BSD `sysexits`.
public enum ErrorCategory: Int32, Sendable, Hashable, Codable {
  /// The call itself is wrong: an unknown option, a value out of its range.
  case usage = 64
  /// The input breaks the rules of its format.
  case badData = 65
  /// An input does not exist or cannot be opened.
  case missingInput = 66
  /// Our own invariant is broken; worth a report.
  case software = 70
  /// An output cannot be created.
  case cannotCreate = 73
  /// Reading or writing failed half way.
  case inputOutput = 74
  /// Policy, key or file mode forbids the operation.
  case notPermitted = 77
}
