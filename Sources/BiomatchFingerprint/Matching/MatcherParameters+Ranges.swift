import BiomatchCore

extension MatcherParameters {
  /// Checks that the constants lie where the matcher's arithmetic holds.
  ///
  /// Constants that come from elsewhere, from a file or an option, are to be checked before a
  /// ``FingerprintMatcher`` is made with them.
  ///
  /// - Throws: ``MatcherParametersError`` naming the first constant that is out of range.
  public func validate() throws(MatcherParametersError) {
    if let flaw { throw flaw }
  }

  /// The first constant that is out of range, if any.
  var flaw: MatcherParametersError? {
    for (name, value, range) in ranges where !range.contains(value) {
      return .outOfRange(name: name, value: value, range: range)
    }
    return nil
  }

  /// A length: more than a thousandth of a pixel, and inside the largest image.
  private static let length: ClosedRange<Float> = 0.001...16_383
  /// An angle: more than any rounding, at most half a turn or the whole circle's diameter.
  private static let angle: ClosedRange<Float> = 0.001...4
  private static let share: ClosedRange<Float> = 0...1
  /// Terms and factors, small enough that no product of them leaves single precision.
  private static let factor: ClosedRange<Float> = 0...10_000
  private static let term: ClosedRange<Float> = -10_000...10_000

  var ranges: [(name: String, value: Float, range: ClosedRange<Float>)] {
    [
      ("cylinderRadius", cylinderRadius, 1...16_383),
      // The kernels' table of influences has room for squared distances below 1,024.
      ("spatialDeviation", spatialDeviation, 0.1...10.6),
      ("directionalDeviation", directionalDeviation, 0.2...4),
      ("cellThreshold", cellThreshold, Self.factor),
      ("minimumNeighbours", Float(minimumNeighbours), 0...128),
      ("borderWidth", borderWidth, Self.factor),
      ("borderDirection", borderDirection, -1...1),
      ("borderWeight", borderWeight, Self.share),
      ("crowdingRadius", crowdingRadius, Self.length),
      ("crowdingWeight", crowdingWeight, Self.share),
      ("weightLimit", weightLimit, 0...4),
      ("directionGate", Float(directionGate), 0...128),
      ("pairs", Float(pairs), 1...64),
      ("compatibleDistance", compatibleDistance, Self.length),
      ("compatibleSlope", compatibleSlope, Self.factor),
      ("compatibleAngle", compatibleAngle, Self.angle),
      // Below zero, nothing is incompatible enough for a second hypothesis.
      ("secondHypothesis", secondHypothesis, -1...1),
      ("directionLever", directionLever, Self.factor),
      ("refitFloor", refitFloor, Self.share),
      ("matchDistance", matchDistance, Self.length),
      ("matchSlope", matchSlope, Self.factor),
      ("matchDistanceLimit", matchDistanceLimit, Self.length),
      ("matchAngle", matchAngle, Self.angle),
      ("densityRadius", densityRadius, Self.length),
      ("expectedOffset", expectedOffset, 0.001...10_000),
      ("overlapDilation", overlapDilation, Self.term),
      ("overlapOffset", overlapOffset, Self.factor),
      ("evidenceShare", evidenceShare, Self.factor),
      ("evidenceBase", evidenceBase, Self.term),
      ("evidenceDistance", evidenceDistance, Self.term),
      ("evidenceAngle", evidenceAngle, Self.term),
      ("evidenceSimilarity", evidenceSimilarity, Self.term),
      ("evidenceWithoutCylinder", evidenceWithoutCylinder, Self.term),
      ("evidenceKind", evidenceKind, Self.term),
      ("evidenceCrowd", evidenceCrowd, Self.term),
      ("scoreScale", scoreScale, Self.factor),
    ]
  }
}

/// Why constants do not make a matcher.
public enum MatcherParametersError: BiomatchError, Hashable {
  /// A constant is too small or too large for the matcher's arithmetic.
  case outOfRange(name: String, value: Float, range: ClosedRange<Float>)

  /// The stable dotted identifier of the rule.
  public var code: String { "matcher.parameter-range" }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .outOfRange(let name, _, _): ErrorLocation(field: name)
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .outOfRange(let name, let value, let range):
      "\(name) must lie between \(range.lowerBound) and \(range.upperBound), found \(value)"
    }
  }

  /// What the reader can do about it.
  public var remedy: String { "start from the standard parameters and change less" }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
