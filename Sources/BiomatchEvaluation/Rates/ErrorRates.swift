/// The error rates of a set of comparisons.
public struct ErrorRates: Sendable, Hashable, Codable {
  /// How many genuine comparisons there are.
  public var genuine: Int
  /// How many impostor comparisons there are.
  public var impostor: Int
  /// How many comparisons had no score and count as 0.
  public var failures: Int
  /// The rates, between 0 and 1. One that the set has too few impostor comparisons for is absent.
  public var rates: PerMetric<Double>
  /// The thresholds at which they hold; absent where only a threshold above every score keeps the
  /// FMR.
  public var thresholds: PerMetric<Double>
  /// Intervals of 95 % confidence of the false non-match rates as if all comparisons were
  /// independent; see ``ConfidenceInterval/proportion(_:of:)``.
  public var bounds: PerMetric<ConfidenceInterval>

  /// The error rates of `set`. Complexity: O(n log n) in the number of comparisons.
  public init(of set: ScoreSet) { self.init(of: ErrorCurve(of: set), failures: set.failures) }

  /// The error rates of a curve.
  public init(of curve: ErrorCurve, failures: Int = 0) {
    let counts = curve.counts
    genuine = counts.genuineTotal
    impostor = counts.impostorTotal
    self.failures = failures
    rates = PerMetric()
    thresholds = PerMetric()
    bounds = PerMetric()
    for (metric, reading) in counts.readings(where: counts.supports) {
      rates[metric] = reading.rate
      if reading.step < curve.thresholds.count {
        thresholds[metric] = curve.thresholds[reading.step]
      }
      if metric.falseMatchRate != nil {
        bounds[metric] = .proportion(reading.misses, of: genuine)
      }
    }
  }
}

/// The mean of the error rates of several sets, each of which has a threshold of its own.
public struct MeanErrorRates: Sendable, Hashable, Codable {
  /// How many sets there are.
  public var sets: Int
  /// The means over the sets that have the rate.
  public var rates: PerMetric<Double>
  /// How many sets have the rate.
  public var counts: PerMetric<Int>

  /// The mean of the given rates.
  public init(of list: [ErrorRates]) { self.init(ofRates: list.map(\.rates)) }

  init(ofRates list: [PerMetric<Double>]) {
    sets = list.count
    rates = PerMetric()
    counts = PerMetric()
    for metric in ErrorMetric.allCases {
      let values = list.compactMap { $0[metric] }
      counts[metric] = values.count
      if !values.isEmpty { rates[metric] = values.reduce(0, +) / Double(values.count) }
    }
  }
}
