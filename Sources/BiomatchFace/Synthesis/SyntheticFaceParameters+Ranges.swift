import BiomatchCore

extension SyntheticFaceParameters {
  /// Checks that vectors can be made with these constants.
  ///
  /// - Throws: ``SyntheticFaceParametersError`` naming the first constant that is out of range.
  public func validate() throws(SyntheticFaceParametersError) {
    if let flaw { throw flaw }
  }

  /// The first constant that is out of range, if any.
  var flaw: SyntheticFaceParametersError? {
    ranges.first { !$0.range.contains($0.value) }.map { name, value, range in
      SyntheticFaceParametersError(name: name, value: value, range: range)
    }
  }

  private static let energy = 0.0...100
  private static let groups = 1.0...100_000
  private static let share = 0.0...1
  /// Deviations of logarithms: factors stay below e to the seventh.
  private static let spread = 0.0...1

  private var ranges: [(name: String, value: Double, range: ClosedRange<Double>)] {
    let dimensions = FaceVectors.dimensions
    return [
      (
        "dimension", Double(dimension),
        Double(dimensions.lowerBound)...Double(dimensions.upperBound)
      ),
      ("rank", Double(rank), 2...Double(max(2, dimension))),
      ("spectralDecay", spectralDecay, 0...30),
      ("commonEnergy", commonEnergy, Self.energy),
      ("populations", Double(populations), Self.groups),
      ("populationShare", populationShare, Self.share),
      ("lookalikeGroups", Double(lookalikeGroups), Self.groups),
      ("lookalikeShare", lookalikeShare, Self.share),
      ("populationShare + lookalikeShare", populationShare + lookalikeShare, Self.share),
      ("sampleNoise", sampleNoise, Self.energy),
      ("identitySpread", identitySpread, Self.spread),
      ("sampleSpread", sampleSpread, Self.spread),
    ]
  }
}

/// A constant with which no synthetic face vectors can be made.
public struct SyntheticFaceParametersError: BiomatchError, Hashable {
  /// The constant's name.
  public let name: String
  /// What it is.
  public let value: Double
  /// What it may be.
  public let range: ClosedRange<Double>

  /// The stable dotted identifier of the rule.
  public var code: String { "face.synthesis.parameter-range" }

  /// Which constant.
  public var location: ErrorLocation { ErrorLocation(field: name) }

  /// The rule that was broken.
  public var rule: String {
    "\(name) must lie between \(range.lowerBound) and \(range.upperBound), found \(value)"
  }

  /// What the reader can do about it.
  public var remedy: String { "start from a preset and change less" }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
