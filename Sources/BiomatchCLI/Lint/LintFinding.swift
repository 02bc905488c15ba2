import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// One row of `template lint`.
struct LintFinding {
  enum Kind: String {
    /// The file cannot be read as a template.
    case error
    /// The file breaks its format and was read all the same.
    case repair
    /// The format allows it, and it harms matching.
    case warning
  }

  var file: String
  var format: MinutiaeFormat?
  var kind: Kind
  var code: String
  var location: ErrorLocation
  var text: String

  /// Everything that is to be said about a file.
  ///
  /// - Throws: `FileError` when there is nothing to check, and `UsageError`.
  static func all(of file: String, options: TemplateOptions) throws -> [LintFinding] {
    do {
      let decoded = try options.load(file).decoded
      let repairs = decoded.repairs.map { repair in
        LintFinding(
          file: file,
          format: decoded.format,
          kind: .repair,
          code: repair.code,
          location: repair.location,
          text: repair.text
        )
      }
      let warnings = RecordLint.findings(in: decoded.record).map { finding in
        LintFinding(
          file: file,
          format: decoded.format,
          kind: .warning,
          code: finding.rule.rawValue,
          location: finding.location,
          text: finding.text
        )
      }
      return repairs + warnings
    } catch let error as MinutiaeFormatError where error.category == .badData {
      return [
        LintFinding(
          file: file,
          format: nil,
          kind: .error,
          code: error.code,
          location: error.location,
          text: error.rule
        )
      ]
    }
  }

  static let fieldNames = ["file", "format", "kind", "code", "offset", "line", "field", "text"]

  var row: Row {
    Row([
      "file": .text(file), "format": .optional(format?.rawValue), "kind": .text(kind.rawValue),
      "code": .text(code), "offset": .optional(location.byteOffset),
      "line": .optional(location.line), "field": .optional(location.field), "text": .text(text),
    ])
  }

  /// One line for people.
  var line: String {
    var place = location
    place.file = file
    return "\(place): \(kind.rawValue): \(text) [\(code)]"
  }
}
