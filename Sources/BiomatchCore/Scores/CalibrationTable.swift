/// How often different people reach a score, measured on a sample of impostor comparisons.
///
/// The table is a falling staircase: at a score between two of its points the rate of the lower point
/// holds, which errs on the safe side. A sample of n comparisons supports no rate below 3/n, because
/// with no false match among n the true rate may still be that high (95 % confidence, the rule of
/// three: Hanley, Lippman-Hand, JAMA 249(13), 1983, doi:10.1001/jama.1983.03330370053031).
public struct CalibrationTable: Sendable, Hashable {
  /// A step of the staircase.
  public struct Point: Sendable, Hashable, Codable {
    /// Comparisons that reach this score are accepted...
    public var score: SimilarityScore
    /// ...which this share of the impostor comparisons does.
    public var falseMatchRate: Double

    /// A step at `score`.
    public init(score: SimilarityScore, falseMatchRate: Double) {
      self.score = score
      self.falseMatchRate = falseMatchRate
    }
  }

  /// The matcher whose scores these are.
  public let parameters: ParameterDigest
  /// The steps, by rising score and falling rate.
  public let points: [Point]
  /// How many comparisons of different people were made.
  public let impostorComparisons: Int
  /// How many people took part.
  public let subjects: Int

  /// A table of the given steps.
  ///
  /// - Throws: ``CalibrationError`` unless there is a step, scores rise strictly, rates lie in 0...1
  ///   and never rise, and both sample sizes are positive.
  public init(
    parameters: ParameterDigest,
    points: [Point],
    impostorComparisons: Int,
    subjects: Int
  ) throws(CalibrationError) {
    guard impostorComparisons > 0, subjects > 0 else { throw .noSample }
    guard !points.isEmpty else { throw .noPoints }
    for (index, point) in points.enumerated() {
      guard (0...1).contains(point.falseMatchRate) else {
        throw .rateOutOfRange(index: index, found: point.falseMatchRate)
      }
      guard index > 0 else { continue }
      let previous = points[index - 1]
      guard previous.score < point.score, previous.falseMatchRate >= point.falseMatchRate else {
        throw .notMonotone(index: index)
      }
    }
    self.parameters = parameters
    self.points = points
    self.impostorComparisons = impostorComparisons
    self.subjects = subjects
  }

  /// The lowest false match rate that may be claimed on the strength of this sample.
  public var smallestSupportedRate: Double {
    let observed = points.last?.falseMatchRate ?? 1
    return min(1, max(observed, 3 / Double(impostorComparisons)))
  }

  /// Returns when the table holds for scores of the matcher with those parameters: to be called
  /// before scores and table are brought together.
  ///
  /// - Throws: ``CalibrationError/wrongParameters(expected:found:)``.
  public func check(parameters expected: ParameterDigest) throws(CalibrationError) {
    guard parameters == expected else {
      throw .wrongParameters(expected: expected, found: parameters)
    }
  }

  /// What `score` is worth. Complexity: O(log n) in the number of steps.
  public func evidence(for score: SimilarityScore) -> Evidence {
    let next = firstIndex { points[$0].score > score }
    return Evidence(
      rate: next == 0 ? 1 : points[next - 1].falseMatchRate,
      smallestSupportedRate: smallestSupportedRate,
      calibrationSize: impostorComparisons
    )
  }

  /// The lowest score at which the false match rate is at most `rate`, or `nil` when the sample does
  /// not support such a low rate. Complexity: O(log n) in the number of steps.
  public func threshold(falseMatchRate rate: Double) -> SimilarityScore? {
    guard rate >= smallestSupportedRate else { return nil }
    let index = firstIndex { points[$0].falseMatchRate <= rate }
    return index < points.count ? points[index].score : nil
  }

  /// The first index that satisfies a predicate which, once true, stays true.
  private func firstIndex(where predicate: (Int) -> Bool) -> Int {
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if predicate(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension CalibrationTable: Codable {
  private enum CodingKeys: String, CodingKey {
    case parameters, points, impostorComparisons, subjects
  }

  /// Decodes by the rules of ``init(parameters:points:impostorComparisons:subjects:)``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    do {
      try self.init(
        parameters: container.decode(ParameterDigest.self, forKey: .parameters),
        points: container.decode([Point].self, forKey: .points),
        impostorComparisons: container.decode(Int.self, forKey: .impostorComparisons),
        subjects: container.decode(Int.self, forKey: .subjects)
      )
    } catch let error as CalibrationError {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: error.description,
          underlyingError: error
        )
      )
    }
  }
}

/// Why numbers do not make a ``CalibrationTable``, or not one for this matcher.
public enum CalibrationError: BiomatchError, Hashable {
  /// A sample size is zero or negative.
  case noSample
  /// The table has no step.
  case noPoints
  /// A false match rate is not a share.
  case rateOutOfRange(index: Int, found: Double)
  /// A step does not have a higher score, or has a higher rate, than the one before.
  case notMonotone(index: Int)
  /// The table was made of scores of another matcher.
  case wrongParameters(expected: ParameterDigest, found: ParameterDigest)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .noSample: "calibration.sample"
    case .noPoints: "calibration.points"
    case .rateOutOfRange: "calibration.rate"
    case .notMonotone: "calibration.monotone"
    case .wrongParameters: "calibration.parameters"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .noSample: ErrorLocation(field: "impostorComparisons, subjects")
    case .noPoints: ErrorLocation(field: "points")
    case .rateOutOfRange(let index, _), .notMonotone(let index):
      ErrorLocation(field: "points[\(index)]")
    case .wrongParameters: ErrorLocation(field: "parameters")
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .noSample: "a calibration must rest on at least one comparison and one subject"
    case .noPoints: "a calibration must have at least one point"
    case .rateOutOfRange(_, let found): "a false match rate must lie in 0...1, found \(found)"
    case .notMonotone: "scores must rise strictly from point to point, and rates must never rise"
    case .wrongParameters(let expected, let found):
      "a calibration holds for the matcher's parameters alone: expected \(expected), found \(found)"
    }
  }

  /// What the reader can do about it.
  public var remedy: String { "fit the calibration again from impostor comparisons" }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
