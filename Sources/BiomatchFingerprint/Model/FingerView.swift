/// One finger impression of a minutiae record: image geometry and its minutiae.
public struct FingerView: Sendable, Hashable, Codable {
  /// Which finger.
  public var position: FingerPosition
  /// Number of this view among the views of the same finger, from zero.
  public var viewNumber: UInt8
  /// How the impression was made, as the format's code.
  public var impressionType: UInt8
  /// Overall quality 0...100, or `nil` where the record reports none.
  public var quality: UInt8?
  /// Image width in pixels at ``resolutionX``.
  public var width: Int
  /// Image height in pixels at ``resolutionY``.
  public var height: Int
  /// Horizontal resolution in pixels per centimetre (197 is 500 dpi).
  public var resolutionX: Int
  /// Vertical resolution in pixels per centimetre (197 is 500 dpi).
  public var resolutionY: Int
  /// The minutiae, in the record's order.
  public var minutiae: [Minutia]

  /// A view with the given values.
  public init(
    position: FingerPosition = .unknown,
    viewNumber: UInt8 = 0,
    impressionType: UInt8 = 0,
    quality: UInt8? = nil,
    width: Int,
    height: Int,
    resolutionX: Int = 197,
    resolutionY: Int = 197,
    minutiae: [Minutia]
  ) {
    self.position = position
    self.viewNumber = viewNumber
    self.impressionType = impressionType
    self.quality = quality
    self.width = width
    self.height = height
    self.resolutionX = resolutionX
    self.resolutionY = resolutionY
    self.minutiae = minutiae
  }
}
