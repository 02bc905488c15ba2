import BiomatchCore

/// How a decoder treats a record that breaks its format.
public enum DecodingStrictness: String, Sendable, Hashable, Codable, CaseIterable {
  /// Refuse it with the rule, the place and the clause.
  case strict
  /// Repair what the rest of the record allows to repair, and report every repair. What is missing
  /// is never made up: a record that ends in the middle of its minutiae is refused all the same.
  case lenient
}

/// Reads minutiae records of every supported format.
///
/// Without an explicit format the decoder tries every format whose version string the record carries
/// and takes the one whose whole structure fits; it never goes by the first bytes alone, because
/// three pairs of formats share them. Formats without a header must be named and need a context.
///
/// ```swift
/// let decoder = MinutiaeDecoder(strictness: .lenient)
/// let decoded = try decoder.decode(contentsOf: "print.fmr")
/// print(decoded.format.title, decoded.record.views.count)
/// for repair in decoded.repairs { print(repair) }
/// ```
public struct MinutiaeDecoder: Sendable, Hashable {
  /// What to do with records that break their format.
  public var strictness: DecodingStrictness
  /// The format, or `nil` to detect it.
  public var format: MinutiaeFormat?
  /// Image size, resolution and finger, for formats without a header.
  public var context: RecordContext?

  /// A decoder for `format`, or for any format with a header when that is `nil`.
  public init(
    strictness: DecodingStrictness = .strict,
    format: MinutiaeFormat? = nil,
    context: RecordContext? = nil
  ) {
    self.strictness = strictness
    self.format = format
    self.context = context
  }

  /// Decodes the record in the file at `path`, or in the standard input for `-`.
  ///
  /// - Parameter limit: The largest file that is read, in bytes; 16 MiB unless told, far more than
  ///   real records have.
  /// - Throws: `FileError` when the file cannot be read or is larger, ``MinutiaeFormatError`` when
  ///   it cannot be decoded.
  public func decode(contentsOf path: String, limit: Int = 16 << 20) throws -> DecodedRecord {
    try decode(FileBytes.read(path, limit: limit), file: path)
  }

  /// Decodes one record.
  ///
  /// Memory and time are linear in the number of bytes; lenient decoding gives up after 10,000
  /// repairs.
  ///
  /// - Parameters:
  ///   - bytes: The whole record, and nothing else.
  ///   - file: Where the bytes are from, for messages.
  /// - Throws: ``MinutiaeFormatError``, naming rule, byte offset and clause.
  public func decode(
    _ bytes: [UInt8],
    file: String? = nil
  ) throws(MinutiaeFormatError) -> DecodedRecord {
    if let format {
      return try decode(bytes, as: format, strictness, file: file).decoded
    }
    return try detect(bytes, file: file)
  }

  /// Decodes `bytes` as a record of `format`, and tells how badly they fit.
  func decode(
    _ bytes: [UInt8],
    as format: MinutiaeFormat,
    _ strictness: DecodingStrictness,
    file: String?
  ) throws(MinutiaeFormatError) -> (decoded: DecodedRecord, misfit: Misfit) {
    var state = RecordDecoding(
      bytes,
      format: format,
      isLenient: strictness == .lenient,
      file: file
    )
    let record =
      switch format {
      case .iso2005: try state.iso2005()
      case .ansi2004: try state.ansi2004()
      case .ansi2009, .ansi2009am1: try state.ansi2009()
      case .iso2011: try state.iso2011()
      case .iso2005CardNormal, .iso2005CardCompact: try state.card(in: context)
      case .xyt: try state.xyt(in: context)
      }
    let decoded = DecodedRecord(record: record, format: format, repairs: state.repairs)
    return (decoded, state.misfit)
  }
}
