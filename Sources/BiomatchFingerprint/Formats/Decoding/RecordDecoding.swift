import BiomatchCore

/// How badly bytes fit a format, for telling formats apart: what is wrong with the frame of a record
/// says more than what is wrong with values, of which a writer may get each and every one wrong.
struct Misfit: Comparable {
  /// Whether the record ends before bytes that are not zero.
  var foreignTail = false
  /// Repairs of lengths and layout.
  var frame = 0
  /// Repairs of values.
  var values = 0

  static func < (a: Misfit, b: Misfit) -> Bool {
    (a.foreignTail ? 1 : 0, a.frame, a.values) < (b.foreignTail ? 1 : 0, b.frame, b.values)
  }
}

/// The state of decoding one record: where it stands, and what it has repaired.
///
/// Each format is an extension with a method of its own; this file has what all of them share.
/// Locations are put together only when something is wrong, so that a valid record costs no strings.
struct RecordDecoding {
  let format: MinutiaeFormat
  let isLenient: Bool
  let file: String?
  var reader: ByteReader
  private(set) var repairs: [RecordRepair] = []
  /// How badly the bytes fit the format.
  private(set) var misfit = Misfit()
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
    // Bounds the memory: a repair takes some hundred bytes, the field that it is about often one.
    guard repairs.count < Self.mostRepairs else {
      throw malformed(.repairs, at: offset, field, "there are more than 10,000 places to repair")
    }
    if rule.concernsFrame { misfit.frame += 1 } else { misfit.values += 1 }
    repairs.append(
      RecordRepair(
        code: rule.code(in: format),
        location: location(offset, field),
        text: "\(finding()): \(action())"
      )
    )
  }

  /// Real records in need of repair have some dozen such places, or one to three in each minutia.
  static let mostRepairs = 10_000

  /// Notes that other bytes than padding are left when the record ends.
  mutating func noteForeignTail() { misfit.foreignTail = true }

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
