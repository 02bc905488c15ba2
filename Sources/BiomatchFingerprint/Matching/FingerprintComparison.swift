import BiomatchCore

/// The outcome of comparing two prints: how alike they are, and why.
public struct FingerprintComparison: Sendable, Hashable {
  /// How alike, 0...10,000 in whole numbers.
  public let score: SimilarityScore
  /// The minutiae taken for the same ridge events, in the probe's order; empty where the score
  /// is zero.
  public let pairs: [MinutiaPair]
  /// How the probe lies on the reference, `nil` where the score is zero.
  public let transform: RigidTransform?
}

/// Two minutiae that the matcher takes for the same ridge event.
public struct MinutiaPair: Sendable, Hashable, Codable {
  /// Index into the probe template's minutiae.
  public let probe: Int
  /// Index into the reference template's minutiae.
  public let reference: Int
  /// Distance that remains under the transform, in pixels at 500 dpi.
  public let distance: Float
  /// Difference of directions that remains under the transform, in radians, 0...pi.
  public let angle: Float
}

/// A turn about the origin, counterclockwise as seen, followed by a shift; image coordinates with y
/// downward, pixels at 500 dpi.
///
///     x' =  cos(angle) x + sin(angle) y + translationX
///     y' = -sin(angle) x + cos(angle) y + translationY
public struct RigidTransform: Sendable, Hashable, Codable {
  /// Cosine of the turn.
  public let cosine: Float
  /// Sine of the turn.
  public let sine: Float
  /// Shift to the right.
  public let translationX: Float
  /// Shift downward.
  public let translationY: Float

  /// The turn in radians, counterclockwise as seen, -pi...pi.
  public var angle: Float {
    Float(ReproducibleMath.arctangent(y: Double(sine), x: Double(cosine)))
  }

  /// Where the transform puts a point.
  public func callAsFunction(x: Float, y: Float) -> (x: Float, y: Float) {
    (cosine * x + sine * y + translationX, cosine * y - sine * x + translationY)
  }
}

extension RigidTransform {
  /// The transform of a hypothesis, whose y grows upward.
  init(_ motion: HypothesisDetails) {
    let (cosine, sine) = (motion.cosine, motion.sine)
    let (probe, reference) = (motion.probe, motion.reference)
    self.cosine = cosine
    self.sine = sine
    translationX = reference.x - (cosine * probe.x - sine * probe.y)
    translationY = (sine * probe.x + cosine * probe.y) - reference.y
  }
}
