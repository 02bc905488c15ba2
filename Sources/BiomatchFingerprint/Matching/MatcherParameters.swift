import BiomatchCore

/// Every tunable constant of the fingerprint matcher, in one place.
///
/// `docs/fingerprint-matching.md` says for each where it comes from and how flat the error rates are
/// around it. Lengths are pixels at 500 dpi, angles radians. Descriptors and calibrations hold only
/// for parameters of the same ``digest``.
public struct MatcherParameters: Sendable, Hashable, Codable {
  /// The parameters of all published figures.
  public static let standard = MatcherParameters()

  // MARK: Cylinders

  /// Radius of a cylinder.
  public var cylinderRadius: Float = 70
  /// Standard deviation of a neighbour's influence over distance.
  public var spatialDeviation: Float = 28.0 / 3
  /// Standard deviation of a neighbour's influence over the difference of directions.
  public var directionalDeviation: Float = 0.698_131_7
  /// A bit is set where the influences sum to this share of one neighbour's at the cell's centre.
  public var cellThreshold: Float = 0.117
  /// A minutia with fewer neighbours in reach gets no cylinder.
  public var minimumNeighbours = 2

  // MARK: Reliability of a minutia

  /// A minutia this near to the outline that points inward may be where the sensor's area ends.
  public var borderWidth: Float = 15
  /// Cosine, to the inward normal, from which on a direction points inward.
  public var borderDirection: Float = 0.2
  /// Weight of such a minutia.
  public var borderWeight: Float = 0.4
  /// Minutiae nearer than this crowd each other.
  public var crowdingRadius: Float = 13
  /// Weight for each crowding neighbour.
  public var crowdingWeight: Float = 0.6
  /// Largest weight of a minutia, relative to its print's mean.
  public var weightLimit: Float = 2

  // MARK: Pairs and hypotheses

  /// Largest difference of direction between paired minutiae, 1/256 turn.
  public var directionGate = 64
  /// How many pairs of minutiae take part in the search for a hypothesis, at most 64.
  public var pairs = 48
  /// Place tolerance of compatible pairs.
  public var compatibleDistance: Float = 11
  /// Growth of that tolerance with the distance between the pairs.
  public var compatibleSlope: Float = 0.15
  /// Direction tolerance of compatible pairs.
  public var compatibleAngle: Float = 0.6
  /// The second hypothesis is at most that compatible with the first.
  public var secondHypothesis: Float = 0.3

  // MARK: Matching all minutiae under a hypothesis

  /// Length of the lever by which directions count in the rigid fit.
  public var directionLever: Float = 23.45
  /// Smallest weight of a match in the refit.
  public var refitFloor: Float = 0.05
  /// Distance tolerance of a match at the centroid of the agreeing minutiae.
  public var matchDistance: Float = 9
  /// Growth of that tolerance with the distance from the centroid, for the skin's distortion.
  public var matchSlope: Float = 0.06
  /// Largest distance tolerance of a match.
  public var matchDistanceLimit: Float = 20
  /// Direction tolerance of a match, as the length of a chord of the unit circle.
  public var matchAngle: Float = 0.42

  // MARK: Score

  /// Neighbours within this radius tell how many matches to expect by chance.
  public var densityRadius: Float = 45
  /// Added to the matches expected by chance.
  public var expectedOffset: Float = 0.5
  /// By how much outlines are dilated to find the overlap.
  public var overlapDilation: Float = 10
  /// Added to the weight of the overlap.
  public var overlapOffset: Float = 4
  /// Share of the matches' evidence in the score.
  public var evidenceShare: Float = 0.3
  /// What a match says before anything is known of it.
  public var evidenceBase: Float = -4.16
  /// Loss at the limit of the distance tolerance.
  public var evidenceDistance: Float = 0.13
  /// Loss at the limit of the direction tolerance.
  public var evidenceAngle: Float = 0.4
  /// Gain from identical cylinders.
  public var evidenceSimilarity: Float = 11.46
  /// Gain instead where a minutia has no cylinder.
  public var evidenceWithoutCylinder: Float = 5.3
  /// Gain for the same kind of ridge event, loss for another.
  public var evidenceKind: Float = 0.21
  /// Loss for the logarithm of the neighbours' number plus 0.3.
  public var evidenceCrowd: Float = 0.985
  /// Points of the score for each unit of the formula.
  public var scoreScale: Float = 16
  /// Whether any rotation of the probe is as good as none.
  public var anyRotation = false

  /// The standard parameters, to be changed one by one.
  public init() {}

  /// The standard parameters for prints that may be turned by any angle: the direction gate is open
  /// and no preference for upright prints remains.
  public static let anyRotation: MatcherParameters = {
    var parameters = MatcherParameters()
    parameters.anyRotation = true
    parameters.directionGate = 128
    return parameters
  }()

  /// The largest score that the matcher gives.
  public static let scoreLimit: Float = 10_000

  /// Names this exact set of constants and the algorithm that they belong to.
  public var digest: ParameterDigest {
    let floats: [Float] = [
      cylinderRadius, spatialDeviation, directionalDeviation, cellThreshold,
      borderWidth, borderDirection, borderWeight, crowdingRadius, crowdingWeight, weightLimit,
      compatibleDistance, compatibleSlope, compatibleAngle, secondHypothesis,
      directionLever, refitFloor, matchDistance, matchSlope, matchDistanceLimit, matchAngle,
      densityRadius, expectedOffset, overlapDilation, overlapOffset, evidenceShare,
      evidenceBase, evidenceDistance, evidenceAngle, evidenceSimilarity, evidenceWithoutCylinder,
      evidenceKind, evidenceCrowd, scoreScale,
    ]
    let integers = [minimumNeighbours, directionGate, pairs, anyRotation ? 1 : 0]
    var bytes = Array("fingerprint-matcher-2".utf8)
    for value in floats { withUnsafeBytes(of: value.bitPattern.bigEndian) { bytes += $0 } }
    for value in integers { withUnsafeBytes(of: Int64(value).bigEndian) { bytes += $0 } }
    return ParameterDigest(of: bytes)
  }
}
