/// What a record without a header leaves out: the image it was made from and the finger.
///
/// Coordinates of the card formats are lengths (0.01 mm or 0.1 mm); they are brought to whole pixels
/// at ``resolution``. To keep every digit of a card record, decode it with the card's own unit as the
/// resolution: 1,000 px/cm for the normal size, 100 px/cm for the compact one.
public struct RecordContext: Sendable, Hashable, Codable {
  /// Image width in pixels.
  public var width: Int
  /// Image height in pixels; `.xyt` counts y from the bottom edge and cannot be read without it.
  public var height: Int
  /// Resolution in pixels per centimetre on both axes (197 is 500 dpi).
  public var resolution: Int
  /// Which finger.
  public var position: FingerPosition

  /// A context of those values; each number must be in 1...65,535.
  public init(
    width: Int,
    height: Int,
    resolution: Int = 197,
    position: FingerPosition = .unknown
  ) {
    self.width = width
    self.height = height
    self.resolution = resolution
    self.position = position
  }

  /// The context in which the record of `view` in a format without header is read back.
  public init(view: FingerView) {
    self.init(
      width: view.width,
      height: view.height,
      resolution: view.resolutionX,
      position: view.position
    )
  }
}
