import Biomatch
import BiomatchCore
import BiomatchFingerprint
import BiomatchGallery

/// How parts of a person are written on the command line, in lists and in answers.
enum PersonText {
  // MARK: Reading

  /// `PRIMARY, SECONDARY`, or the primary identifier alone.
  static func name(_ text: String) throws -> RecordedName {
    let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
      .map { $0.trimming(while: \.isWhitespace) }
    guard let primary = parts.first, !primary.isEmpty else {
      throw PersonTextError(field: "name", expected: "a name, 'ERIKSSON, ANNA'", found: text)
    }
    return RecordedName(primary: primary, secondary: parts.count > 1 ? parts[1] : "")
  }

  /// `F`, `M` or `X`.
  static func sex(_ text: String) throws -> Sex {
    guard let sex = Sex(rawValue: text.uppercased()) else {
      throw PersonTextError(field: "sex", expected: "F, M or X", found: text)
    }
    return sex
  }

  /// `TYPE:NUMBER`, `TYPE:NUMBER:ISSUER` or `TYPE:NUMBER:ISSUER:EXPIRY`.
  static func document(_ text: String) throws -> IdentityDocument {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (2...4).contains(parts.count), !parts[1].isEmpty else {
      throw PersonTextError(
        field: "document",
        expected: "a document, TYPE:NUMBER:ISSUER:EXPIRY, of which the last two may be left out,",
        found: text
      )
    }
    return IdentityDocument(
      type: parts[0],
      number: parts[1],
      issuer: parts.count > 2 && !parts[2].isEmpty ? try CountryCode(parts[2]) : nil,
      expiry: parts.count > 3 && !parts[3].isEmpty ? try PartialDate(parts[3]) : .unknown
    )
  }

  /// The position of one finger.
  static func position(_ text: String) throws -> FingerPosition {
    guard let position = FingerPosition(label: text), position.isSingleFinger else {
      throw PersonTextError(
        field: "finger",
        expected: "a finger, right-thumb to left-little or unknown,",
        found: text
      )
    }
    return position
  }

  /// Why a finger gave no sample.
  static func condition(_ text: String) throws -> FingerCondition {
    if let condition = FingerCondition.allCases.first(where: { "\($0)" == text }) {
      return condition
    }
    throw PersonTextError(
      field: "missing",
      expected: FingerCondition.allCases.map { "\($0)" }.joined(separator: ", "),
      found: text
    )
  }

  // MARK: Writing

  static func text(_ name: RecordedName) -> String {
    name.secondary.isEmpty ? name.primary : "\(name.primary), \(name.secondary)"
  }

  static func text(_ document: IdentityDocument) -> String {
    var parts = [document.type, document.number, "", ""]
    if let issuer = document.issuer { parts[2] = "\(issuer)" }
    if !document.expiry.isUnknown { parts[3] = "\(document.expiry)" }
    while parts.count > 2, parts.last == "" { parts.removeLast() }
    return parts.joined(separator: ":")
  }

  static func text(_ status: FingerStatus) -> String {
    "\(status.position.label)=\(status.condition)"
  }
}

/// A text that is none of what its field can be.
struct PersonTextError: BiomatchError {
  let field: String
  let expected: String
  let found: String

  var code: String { "person.\(field)" }
  var location: ErrorLocation { ErrorLocation(field: field) }
  var rule: String { "\(expected) is expected, found '\(found)'" }
  var remedy: String { "correct it, or leave it out where it is not known" }
  var category: ErrorCategory { .usage }
}

extension Substring {
  /// Without the characters at both ends that satisfy the predicate.
  fileprivate func trimming(while isDropped: (Character) -> Bool) -> String {
    String(String(drop(while: isDropped).reversed()).drop(while: isDropped).reversed())
  }
}
