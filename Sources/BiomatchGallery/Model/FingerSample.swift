import BiomatchCore
import BiomatchFingerprint

/// An impression of one finger: a view of a minutiae record, whose bytes are kept as they came.
///
/// What is `nil` is taken from the record when the sample is enrolled; a sample that was read from a
/// gallery has it all but the context, which only formats without a header have.
public struct FingerSample: Sendable, Hashable {
  /// The sample's identifier, unique in the gallery.
  public var reference: ReferenceID
  /// The whole minutiae record. One of several views is stored with each of its samples.
  public var record: [UInt8]
  /// The record's format; `nil` to detect it.
  public var format: MinutiaeFormat?
  /// Image size and resolution, for formats without a header.
  public var context: RecordContext?
  /// Which view of the record, counted from zero.
  public var view: Int
  /// Which finger.
  public var position: FingerPosition?
  /// Quality 0...100; `nil` where none is known.
  public var quality: UInt8?
  /// How the impression was made, as in ``BiomatchFingerprint/FingerView/impressionType``.
  public var impressionType: UInt8?

  /// A sample of a record.
  public init(
    reference: ReferenceID,
    record: [UInt8],
    format: MinutiaeFormat? = nil,
    context: RecordContext? = nil,
    view: Int = 0,
    position: FingerPosition? = nil,
    quality: UInt8? = nil,
    impressionType: UInt8? = nil
  ) {
    self.reference = reference
    self.record = record
    self.format = format
    self.context = context
    self.view = view
    self.position = position
    self.quality = quality
    self.impressionType = impressionType
  }
}
