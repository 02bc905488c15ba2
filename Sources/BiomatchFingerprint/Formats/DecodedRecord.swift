import BiomatchCore

/// What decoding gives: the record, the format that it turned out to have, and what was repaired.
public struct DecodedRecord: Sendable, Hashable, Codable {
  /// The record.
  public var record: MinutiaeRecord
  /// The record's format.
  public var format: MinutiaeFormat
  /// Every repair, by position in the record; always empty in strict mode.
  public var repairs: [RecordRepair]

  /// A record of that format with those repairs.
  public init(record: MinutiaeRecord, format: MinutiaeFormat, repairs: [RecordRepair] = []) {
    self.record = record
    self.format = format
    self.repairs = repairs
  }
}

/// One place where lenient decoding went on although the record breaks its format.
public struct RecordRepair: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The code of the error that strict decoding would have thrown, `minutiae.iso2005.length` for
  /// example.
  public var code: String
  /// Where.
  public var location: ErrorLocation
  /// What was found and what was made of it, as a sentence without a full stop.
  public var text: String

  /// A repair of the rule `code` at `location`.
  public init(code: String, location: ErrorLocation, text: String) {
    self.code = code
    self.location = location
    self.text = text
  }

  /// One line for people.
  public var description: String { "\(location): \(text) [\(code)]" }
}
