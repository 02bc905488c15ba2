/// One row of an evaluation's result; its rates are fractions.
///
/// The JSON form is flat, with the names of ``ErrorMetric`` for the rates:
///
/// ```json
/// {"name": "pooled", "genuine": 2296, "impostor": 31008, "failures": 8, "eer": 0.031,
///  "fmr100": 0.04, "fmr1000": 0.055, "fmr10000": 0.081, "zeroFmr": 0.09,
///  "thresholds": {"eer": 31, "fmr100": 38, ...},
///  "boundsMethod": "bootstrap", "bounds": {"eer": {"lower": 0.02, "upper": 0.04}, ...}}
/// ```
///
/// What does not exist is left out: a rate that the list has too few impostor comparisons for, a
/// threshold above every score, the thresholds of a mean.
public struct EvaluationRow: Sendable, Hashable {
  /// How the bounds were estimated.
  public enum BoundsMethod: String, Sendable, Hashable, Codable {
    /// As if all comparisons were independent.
    case wilson
    /// By resampling subjects.
    case bootstrap
  }

  /// The list's name, or `mean` or `pooled`.
  public var name: String
  /// How many genuine comparisons there are.
  public var genuine: Int
  /// How many impostor comparisons there are.
  public var impostor: Int
  /// How many comparisons had no score and count as 0.
  public var failures: Int
  /// The error rates.
  public var rates: PerMetric<Double>
  /// The thresholds at which they hold.
  public var thresholds: PerMetric<Double>
  /// Intervals of 95 % confidence.
  public var bounds: PerMetric<ConfidenceInterval>
  /// How the bounds were estimated; absent where there are none.
  public var boundsMethod: BoundsMethod?

  init(name: String, rates: ErrorRates, bootstrap: PerMetric<ConfidenceInterval>?) {
    self.name = name
    genuine = rates.genuine
    impostor = rates.impostor
    failures = rates.failures
    self.rates = rates.rates
    thresholds = rates.thresholds
    bounds = bootstrap ?? rates.bounds
    boundsMethod = bootstrap == nil ? .wilson : .bootstrap
  }

  init(mean: MeanErrorRates, of pool: ErrorRates, bootstrap: PerMetric<ConfidenceInterval>?) {
    name = "mean"
    genuine = pool.genuine
    impostor = pool.impostor
    failures = pool.failures
    rates = mean.rates
    thresholds = PerMetric()
    bounds = bootstrap ?? PerMetric()
    boundsMethod = bootstrap.map { _ in .bootstrap }
  }
}

extension EvaluationRow: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, genuine, impostor, failures, thresholds, bounds, boundsMethod
  }

  /// Decodes from the flat form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    genuine = try container.decode(Int.self, forKey: .genuine)
    impostor = try container.decode(Int.self, forKey: .impostor)
    failures = try container.decode(Int.self, forKey: .failures)
    rates = try PerMetric(from: decoder)
    thresholds = try container.decode(PerMetric<Double>.self, forKey: .thresholds)
    bounds = try container.decode(PerMetric<ConfidenceInterval>.self, forKey: .bounds)
    boundsMethod = try container.decodeIfPresent(BoundsMethod.self, forKey: .boundsMethod)
  }

  /// Encodes in the flat form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(genuine, forKey: .genuine)
    try container.encode(impostor, forKey: .impostor)
    try container.encode(failures, forKey: .failures)
    try rates.encode(to: encoder)
    try container.encode(thresholds, forKey: .thresholds)
    try container.encode(bounds, forKey: .bounds)
    try container.encodeIfPresent(boundsMethod, forKey: .boundsMethod)
  }
}
