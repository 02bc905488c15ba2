/// A minutia of a ``FingerprintTemplate``, at 500 dpi.
public struct TemplateMinutia: Sendable, Hashable, Codable {
  /// The kind of ridge event.
  public let kind: Minutia.Kind
  /// Distance from the left edge in pixels at 500 dpi.
  public let x: Int16
  /// Distance from the top edge in pixels at 500 dpi; y grows downward.
  public let y: Int16
  /// Direction in 1/256 turn, counterclockwise from the positive x axis.
  public let angle: UInt8
  /// Quality 1...100, or `nil` where none is reported.
  public let quality: UInt8?
  /// Index of this minutia in the view that the template was built from.
  public let index: Int

  /// A minutia with the given values.
  public init(
    kind: Minutia.Kind,
    x: Int16,
    y: Int16,
    angle: UInt8,
    quality: UInt8?,
    index: Int
  ) {
    self.kind = kind
    self.x = x
    self.y = y
    self.angle = angle
    self.quality = quality
    self.index = index
  }
}
