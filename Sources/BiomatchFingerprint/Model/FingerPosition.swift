/// Which finger a view shows (ISO/IEC 19794-2, table of finger positions).
///
/// Codes 0...10 exist in every format; the codes of several fingers on one image (13...15, 40...50)
/// exist in ISO/IEC 19794-2:2011 and in ANSI/INCITS 378-2009/AM1 only.
public enum FingerPosition: UInt8, Sendable, Hashable, Codable, CaseIterable {
  /// The position is not known.
  case unknown = 0
  /// Right thumb.
  case rightThumb = 1
  /// Right index finger.
  case rightIndex = 2
  /// Right middle finger.
  case rightMiddle = 3
  /// Right ring finger.
  case rightRing = 4
  /// Right little finger.
  case rightLittle = 5
  /// Left thumb.
  case leftThumb = 6
  /// Left index finger.
  case leftIndex = 7
  /// Left middle finger.
  case leftMiddle = 8
  /// Left ring finger.
  case leftRing = 9
  /// Left little finger.
  case leftLittle = 10
  /// Right index, middle, ring and little finger.
  case rightFour = 13
  /// Left index, middle, ring and little finger.
  case leftFour = 14
  /// Both thumbs.
  case bothThumbs = 15
  /// Right index and middle finger.
  case rightIndexMiddle = 40
  /// Right middle and ring finger.
  case rightMiddleRing = 41
  /// Right ring and little finger.
  case rightRingLittle = 42
  /// Left index and middle finger.
  case leftIndexMiddle = 43
  /// Left middle and ring finger.
  case leftMiddleRing = 44
  /// Left ring and little finger.
  case leftRingLittle = 45
  /// Both index fingers.
  case bothIndexFingers = 46
  /// Right index, middle and ring finger.
  case rightIndexMiddleRing = 47
  /// Right middle, ring and little finger.
  case rightMiddleRingLittle = 48
  /// Left index, middle and ring finger.
  case leftIndexMiddleRing = 49
  /// Left middle, ring and little finger.
  case leftMiddleRingLittle = 50

  /// Whether the position names one finger, or none, rather than several fingers on one image.
  public var isSingleFinger: Bool { rawValue <= 10 }
}
