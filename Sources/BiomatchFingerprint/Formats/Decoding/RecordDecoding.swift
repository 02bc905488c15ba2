import BiomatchCore

/// The state of decoding one record: where it stands, and what it has repaired.
///
/// Each format is an extension with a method of its own; this file has what all of them share.
/// Locations are put together only when something is wrong, so that a valid record costs no strings.
struct RecordDecoding {
  let format: MinutiaeFormat
  let isLenient: Bool
  let file: String?
  var reader: ByteReader
  var repairs: [RecordRepair] = []
  /// Number of the view that is being read, counted from one.
  var viewIndex: Int?
  /// Where the number of each view read so far is.
  var viewNumberOffsets: [Int] = []
  /// Number of the minutia that is being read, counted from one.
  var minutiaIndex: Int?

  init(_ bytes: [UInt8], format: MinutiaeFormat, isLenient: Bool, file: String?) {
    self.reader = ByteReader(bytes)
    self.format = format
    self.isLenient = isLenient
    self.file = file
  }

  // MARK: Rules

  /// Where the byte at `offset` is, in the terms of the format.
  func location(_ offset: Int, _ field: StaticString) -> ErrorLocation {
    var parts: [String] = []
    if let viewIndex { parts.append("view \(viewIndex)") }
    if let minutiaIndex { parts.append("minutia \(minutiaIndex)") }
    parts.append("\(field)")
    return ErrorLocation(file: file, byteOffset: offset, field: parts.joined(separator: ", "))
  }

  /// The error for a breach of `rule`.
  func malformed(
    _ rule: MinutiaeRule,
    at offset: Int,
    _ field: StaticString,
    _ finding: String
  ) -> MinutiaeFormatError {
    .malformed(
      rule,
      RuleBreach(
        format: format,
        location: location(offset, field),
        finding: finding,
        clause: rule.clause(in: format)
      )
    )
  }

  /// Throws in strict mode; in lenient mode notes the repair, which the caller then makes.
  mutating func repair(
    _ rule: MinutiaeRule,
    at offset: Int,
    _ field: StaticString,
    _ finding: @autoclosure () -> String,
    _ action: @autoclosure () -> String
  ) throws(MinutiaeFormatError) {
    guard isLenient else { throw malformed(rule, at: offset, field, finding()) }
    repairs.append(
      RecordRepair(
        code: rule.code(in: format),
        location: location(offset, field),
        text: "\(finding()): \(action())"
      )
    )
  }

  // MARK: Fields

  mutating func byte(_ field: StaticString) throws(MinutiaeFormatError) -> UInt8 {
    do { return try reader.readUInt8() } catch { throw truncated(error, field) }
  }

  mutating func word(_ field: StaticString) throws(MinutiaeFormatError) -> UInt16 {
    do { return try reader.readUInt16() } catch { throw truncated(error, field) }
  }

  mutating func long(_ field: StaticString) throws(MinutiaeFormatError) -> UInt32 {
    do { return try reader.readUInt32() } catch { throw truncated(error, field) }
  }

  private func truncated(_ error: ByteReaderError, _ field: StaticString) -> MinutiaeFormatError {
    malformed(
      .truncated,
      at: reader.offset,
      field,
      "the record ends inside this field, after \(reader.remaining) of its bytes"
    )
  }

  /// A byte that the standard reserves, which must be zero.
  mutating func reservedByte(_ field: StaticString) throws(MinutiaeFormatError) {
    let offset = reader.offset
    let value = try byte(field)
    if value != 0 {
      try repair(.reserved, at: offset, field, "reserved byte is \(value), not 0", "ignored")
    }
  }
}
