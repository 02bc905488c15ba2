/// One finger impression of a minutiae record: image geometry, its minutiae, and whatever else the
/// record says about it.
///
/// Formats that keep image size, resolution and capture device once per record give every view the
/// same values.
public struct FingerView: Sendable, Hashable, Codable {
  /// Which finger.
  public var position: FingerPosition
  /// Number of this view among the views of the same finger, from zero.
  public var viewNumber: UInt8
  /// How the impression was made, as coded by ISO/IEC 19794-2:2011 and ANSI/INCITS 378-2009: 0 is
  /// live-scan plain, 1 live-scan rolled, 8 swipe, 24 live-scan contactless.
  ///
  /// Code 9 of ANSI/INCITS 378-2004, which means contactless there and a vertical roll in
  /// ISO/IEC 19794-2:2011, is brought to 24.
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
  /// The vendor and algorithm that computed ``quality``, or `nil` where the record names none.
  public var qualitySource: QualitySource?
  /// Whether the record says that computing ``quality`` was tried and failed (code 255); ``quality``
  /// is `nil` then.
  public var qualityFailed: Bool
  /// Quality values after the first one (ISO/IEC 19794-2:2011 holds up to 255).
  public var furtherQualities: [QualityBlock]
  /// The device that captured the impression.
  public var device: CaptureDevice
  /// When the impression was captured, or `nil` where the record does not say.
  public var captureTime: CaptureTime?
  /// Where on a ridge ending its minutia is placed, or `nil` where the format does not say.
  public var ridgeEndingType: RidgeEndingType?
  /// The extended data, in the record's order.
  public var extendedData: [ExtendedData]

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
    minutiae: [Minutia],
    qualitySource: QualitySource? = nil,
    qualityFailed: Bool = false,
    furtherQualities: [QualityBlock] = [],
    device: CaptureDevice = CaptureDevice(),
    captureTime: CaptureTime? = nil,
    ridgeEndingType: RidgeEndingType? = nil,
    extendedData: [ExtendedData] = []
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
    self.qualitySource = qualitySource
    self.qualityFailed = qualityFailed
    self.furtherQualities = furtherQualities
    self.device = device
    self.captureTime = captureTime
    self.ridgeEndingType = ridgeEndingType
    self.extendedData = extendedData
  }
}
