/// Which finger a view shows (ISO/IEC 19794-2, table of finger positions).
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
}
