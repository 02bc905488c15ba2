import BiomatchCore

extension SyntheticFingerParameters {
  /// Checks that prints can be made with these constants.
  ///
  /// - Throws: ``SyntheticFingerParametersError`` naming the first constant that is out of range.
  public func validate() throws(SyntheticFingerParametersError) {
    if let flaw { throw flaw }
  }

  /// The first constant that is out of range, if any.
  var flaw: SyntheticFingerParametersError? {
    if positions.isEmpty { return .noPositions }
    for (name, value, range) in ranges where !range.contains(value) {
      return .outOfRange(name: name, value: value, range: range)
    }
    return nil
  }

  private static let share = 0.0...1
  /// Deviations of logarithms: factors stay below e to the fifth.
  private static let spread = 0.0...1
  private static let length = 0.0...2_000
  private static let wavelength = 1.0...100_000
  private static let factor = 0.0...100
  private static let angle = 0.0...1
  private static let quality = 0.0...100

  private var ranges: [(name: String, value: Double, range: ClosedRange<Double>)] {
    [
      ("meanMinutiae", meanMinutiae, 1...100),
      ("width", Double(width), 1...4_096),
      ("height", Double(height), 1...4_096),
      ("coreDeviation", coreDeviation, Self.length),
      ("deltaSide", deltaSide, Self.length),
      ("deltaBelow", deltaBelow, Self.length),
      ("deltaDeviation", deltaDeviation, Self.length),
      ("whorlRadius", whorlRadius, Self.length),
      ("archSlope", archSlope, Self.factor),
      ("flowVariation", flowVariation, Self.angle),
      ("flowLength", flowLength, Self.wavelength),
      ("skinWidth", skinWidth, 1...2_000),
      ("skinHeight", skinHeight, 1...2_000),
      ("densityDeviation", densityDeviation, Self.spread),
      ("sizeDeviation", sizeDeviation, Self.spread),
      ("minimumSpacing", minimumSpacing, 0...100),
      ("maximumSpacing", maximumSpacing, 0...100),
      ("divergenceShare", divergenceShare, 0...10_000),
      ("divergenceLimit", divergenceLimit, Self.factor),
      ("senseAgreement", senseAgreement, Self.share),
      ("senseLength", senseLength, Self.wavelength),
      ("directionDeviation", directionDeviation, Self.angle),
      ("endings", endings, Self.share),
      ("turnDeviation", turnDeviation, Self.angle),
      ("contactWidth", contactWidth, 1...2_000),
      ("contactHeight", contactHeight, 1...2_000),
      ("contactDeviation", contactDeviation, Self.spread),
      ("contactShiftX", contactShiftX, Self.length),
      ("contactShiftY", contactShiftY, Self.length),
      ("sensorShift", sensorShift, Self.length),
      ("linearDistortion", linearDistortion, Self.factor),
      ("elasticDistortion", elasticDistortion, Self.factor),
      ("fingerCondition", fingerCondition, 0...2),
      ("impressionCondition", impressionCondition, 0...2),
      ("careless", careless, Self.share),
      ("carelessCondition", carelessCondition, 0...10),
      ("carelessShift", carelessShift, Self.factor),
      ("conditionEffect", conditionEffect, Self.share),
      ("missed", missed, Self.share),
      ("placeNoise", placeNoise, Self.factor),
      ("directionNoise", directionNoise, Self.angle),
      ("mistakenKinds", mistakenKinds, Self.share),
      ("undeterminedKinds", undeterminedKinds, Self.share),
      ("borderEndings", borderEndings, Self.factor),
      ("groupedMinutiae", groupedMinutiae, Self.factor),
      ("strayMinutiae", strayMinutiae, Self.factor),
      ("borderWidth", borderWidth, Self.length),
      ("groupRadius", groupRadius, Self.length),
      ("falseDirectionNoise", falseDirectionNoise, Self.angle),
      ("trueQuality", trueQuality, Self.quality),
      ("falseQuality", falseQuality, Self.quality),
      ("qualityDeviation", qualityDeviation, Self.quality),
      ("conditionQuality", conditionQuality, Self.quality),
      ("strengthQuality", strengthQuality, Self.quality),
    ]
  }
}

/// Why constants make no synthetic prints.
public enum SyntheticFingerParametersError: BiomatchError, Hashable {
  /// A constant is too small or too large.
  case outOfRange(name: String, value: Double, range: ClosedRange<Double>)
  /// No finger positions are given.
  case noPositions

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .outOfRange: "synthesis.parameter-range"
    case .noPositions: "synthesis.positions"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .outOfRange(let name, _, _): ErrorLocation(field: name)
    case .noPositions: ErrorLocation(field: "positions")
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .outOfRange(let name, let value, let range):
      "\(name) must lie between \(range.lowerBound) and \(range.upperBound), found \(value)"
    case .noPositions: "a person must have at least one finger"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .outOfRange: "start from the standard parameters and change less"
    case .noPositions: "name at least one finger position, .unknown for example"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
