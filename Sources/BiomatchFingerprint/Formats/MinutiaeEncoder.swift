import BiomatchCore

/// Writes minutiae records in any supported format, and so converts between them.
///
/// What it writes decodes in strict mode. Whatever the format cannot hold is reported; nothing is
/// left out silently. Unknown values are written as the format's own code for unknown.
///
/// ```swift
/// let decoded = try MinutiaeDecoder().decode(bytes)
/// let converted = try MinutiaeEncoder(format: .ansi2004).encode(decoded.record)
/// for loss in converted.losses { print(loss) }
/// // view 1: 21 of 35 directions are rounded to the format's step [minutiae.loss.angle]
/// ```
///
/// Formats without a header leave image size, resolution and finger to the ``RecordContext``, which
/// `RecordContext(view:)` makes for reading them back; that is not reported as a loss.
public struct MinutiaeEncoder: Sendable, Hashable {
  /// The format to write.
  public var format: MinutiaeFormat

  /// An encoder for `format`.
  public init(format: MinutiaeFormat) { self.format = format }

  /// Encodes `record`.
  ///
  /// Time and memory are linear in the size of the record.
  ///
  /// - Throws: ``MinutiaeFormatError/unencodable(_:_:)`` when the record cannot be written without
  ///   changing what it means: no views or too many, different resolutions where the format has
  ///   one, minutiae outside their image, values out of their range.
  public func encode(_ record: MinutiaeRecord) throws(MinutiaeFormatError) -> EncodedRecord {
    var state = RecordEncoding(format: format)
    let views = try state.prepare(record)
    switch format {
    case .iso2005, .ansi2004: try state.common2005(record, views)
    case .ansi2009, .ansi2009am1: try state.ansi2009(record, views)
    case .iso2011: try state.iso2011(views)
    case .iso2005CardNormal, .iso2005CardCompact: state.card(views[0])
    case .xyt: state.xyt(views[0])
    }
    return EncodedRecord(bytes: state.writer.bytes, losses: state.losses)
  }
}
