/// A minutia as a record states it.
public struct Minutia: Sendable, Hashable, Codable {
  /// What kind of ridge event it is (ISO/IEC 19794-2, minutia type).
  public enum Kind: UInt8, Sendable, Hashable, Codable, CaseIterable {
    /// Neither ending nor bifurcation, or not determined.
    case other = 0
    /// A ridge ending.
    case ending = 1
    /// A ridge bifurcation.
    case bifurcation = 2
  }

  /// The kind of ridge event.
  public var kind: Kind
  /// Distance from the left edge in pixels at the view's resolution.
  public var x: Int
  /// Distance from the top edge in pixels at the view's resolution; y grows downward.
  public var y: Int
  /// Direction, counterclockwise from the positive x axis.
  public var angle: MinutiaAngle
  /// Quality, 1 (lowest) to 100, or `nil` where the record does not report one.
  ///
  /// ISO/IEC 19794-2:2011, ANSI/INCITS 378-2009 and `.xyt` can also report a quality of 0.
  public var quality: UInt8?
  /// Whether the record says that computing the quality was tried and failed, code 255 in
  /// ISO/IEC 19794-2:2011 and ANSI/INCITS 378-2009; ``quality`` is `nil` then.
  public var qualityFailed: Bool

  /// A minutia with the given values.
  public init(
    kind: Kind,
    x: Int,
    y: Int,
    angle: MinutiaAngle,
    quality: UInt8? = nil,
    qualityFailed: Bool = false
  ) {
    self.kind = kind
    self.x = x
    self.y = y
    self.angle = angle
    self.quality = quality
    self.qualityFailed = qualityFailed
  }
}
