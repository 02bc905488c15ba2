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
  /// Quality 1...100, or `nil` where the record does not report one.
  public var quality: UInt8?

  /// A minutia with the given values.
  public init(kind: Kind, x: Int, y: Int, angle: MinutiaAngle, quality: UInt8? = nil) {
    self.kind = kind
    self.x = x
    self.y = y
    self.angle = angle
    self.quality = quality
  }
}
