/// A comparison of two prints as a picture shows it.
public struct DrawnMatch: Sendable, Hashable {
  /// Two minutiae that the matcher takes for the same ridge event.
  public struct Pair: Sendable, Hashable {
    /// Index into the probe's marks.
    public var probe: Int
    /// Index into the reference's marks.
    public var reference: Int
    /// Distance that remains after the transform, in pixels at 500 dpi.
    public var distance: Double
    /// Difference of directions that remains after the transform, in radians.
    public var angle: Double

    /// A pair with the given values.
    public init(probe: Int, reference: Int, distance: Double, angle: Double) {
      self.probe = probe
      self.reference = reference
      self.distance = distance
      self.angle = angle
    }
  }

  /// The motion that lays the probe onto the reference: a turn about the origin,
  /// counterclockwise as seen, then a shift.
  public struct Motion: Sendable, Hashable {
    /// The turn in radians, counterclockwise as seen.
    public var angle: Double
    /// The shift to the right in pixels at 500 dpi.
    public var x: Double
    /// The shift downward in pixels at 500 dpi.
    public var y: Double

    /// A motion with the given values.
    public init(angle: Double, x: Double, y: Double) {
      self.angle = angle
      self.x = x
      self.y = y
    }
  }

  /// The probe, drawn on the left.
  public var probe: DrawnPrint
  /// The reference, drawn in the middle.
  public var reference: DrawnPrint
  /// The paired minutiae; a pair whose index does not exist is not drawn.
  public var pairs: [Pair]
  /// How the probe lies on the reference, or `nil` when nothing was found.
  public var motion: Motion?
  /// The similarity score.
  public var score: Double
  /// The score from which on the prints count as one finger.
  public var threshold: Double

  /// A match with the given values.
  public init(
    probe: DrawnPrint,
    reference: DrawnPrint,
    pairs: [Pair],
    motion: Motion?,
    score: Double,
    threshold: Double
  ) {
    self.probe = probe
    self.reference = reference
    self.pairs = pairs
    self.motion = motion
    self.score = score
    self.threshold = threshold
  }

  /// Whether the score reaches the threshold.
  public var isMatch: Bool { score >= threshold }
}
