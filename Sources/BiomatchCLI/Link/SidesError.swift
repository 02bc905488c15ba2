import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Why the codes of two files do not compare, with the names of the files.
struct SidesError: BiomatchError {
  let underlying: CodesError
  let first: String
  let second: String

  /// Does something with the codes of two files, by whose names it is told what is wrong with them.
  static func naming<Value>(
    _ first: String,
    _ second: String,
    _ body: () throws -> Value
  ) throws -> Value {
    do { return try body() } catch let error as CodesError {
      throw SidesError(underlying: error, first: first, second: second)
    }
  }

  var code: String { underlying.code }
  var rule: String { underlying.rule(first: first, second: second) }
  var remedy: String { underlying.remedy }
  var category: ErrorCategory { underlying.category }

  /// The file at fault; of two that differ the second.
  var location: ErrorLocation {
    switch underlying {
    case .unknownSchema(.first), .unknownSchema(.both), .unknownSecret(.first),
      .unknownSecret(.both):
      ErrorLocation(file: first)
    case .differentLengths, .differentSchemas, .differentSecrets, .unknownSchema, .unknownSecret:
      ErrorLocation(file: second)
    default: underlying.location
    }
  }
}
