import BiomatchCore
import BiomatchCrypto

/// Why a record has no code.
public enum RecordError: BiomatchError, Hashable {
  /// A value, or the record as a whole, breaks a rule.
  case broken(RecordFinding)
  /// The text is no table.
  case csv(CSVError)
  /// The hash failed.
  case crypto(CryptoError)
  /// The block keys of a record cannot be made.
  case block(BlockKeyError)

  /// The stable dotted identifier of the rule, for example `record.date`.
  public var code: String {
    switch self {
    case .broken(let finding): "record.\(finding.rule.rawValue)"
    case .csv(let error): error.code
    case .crypto(let error): error.code
    case .block(let error): error.code
    }
  }

  /// The file, line, column and feature, as far as they are known.
  public var location: ErrorLocation {
    switch self {
    case .broken(let finding): finding.location
    case .csv(let error): error.location
    case .crypto(let error): error.location
    case .block(let error): error.location
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .broken(let finding): finding.text
    case .csv(let error): error.rule
    case .crypto(let error): error.rule
    case .block(let error): error.rule
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .broken(let finding): finding.rule.remedy
    case .csv(let error): error.remedy
    case .crypto(let error): error.remedy
    case .block(let error): error.remedy
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .broken: .badData
    case .csv(let error): error.category
    case .crypto(let error): error.category
    case .block(let error): error.category
    }
  }
}

/// Where and how a record breaks a rule.
public struct RecordFinding: Sendable, Hashable {
  /// The rule.
  public var rule: RecordRule
  /// The file, line, column and feature, as far as they are known.
  public var location: ErrorLocation
  /// What was expected, as a sentence without a full stop. The value itself is not told: it is
  /// somebody's, and errors end in logs.
  public var text: String

  /// The given finding.
  public init(rule: RecordRule, location: ErrorLocation, text: String) {
    self.rule = rule
    self.location = location
    self.text = text
  }
}

/// The rules of records.
public enum RecordRule: String, Sendable, Hashable, CaseIterable {
  /// The columns are those of the schema.
  case header
  /// A line of NDJSON is an object.
  case object
  /// There is a value for each feature.
  case fields
  /// The text is UTF-8, and can be written in the feature's encoding.
  case encoding
  /// The text has a length within the bounds.
  case length
  /// The letters have the case.
  case letterCase = "case"
  /// The text matches the regular expression.
  case pattern
  /// The text is a whole number.
  case integer
  /// The text is a number.
  case number
  /// The number is within the bounds.
  case range
  /// The text is a date of that format, from the year 1000 on.
  case date
  /// The text is one of the values.
  case value
  /// The record has at least one token.
  case empty
  /// The identifier is one that a record can have.
  case identifier
  /// No two records have one identifier.
  case duplicate

  var remedy: String {
    switch self {
    case .header: "give the table the columns of the schema, or write the schema for the table"
    case .object: "give one object a line, whose members are the features of the schema"
    case .fields: "give one value for each feature of the schema, in CSV in its order"
    case .encoding: "write the value in the feature's encoding, or change the schema"
    case .length, .letterCase, .pattern, .integer, .number, .range, .date, .value:
      "correct the value, declare a missingValue in the schema, or change the format there"
    case .empty: "leave out what has no value: nothing can be compared with it"
    case .identifier: "give each record an identifier of 1 to 64 bytes"
    case .duplicate: "give each record an identifier of its own"
    }
  }
}
