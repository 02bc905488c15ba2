extension ErrorCounts {
  /// A figure with the threshold at which it holds.
  struct Reading {
    /// The rate, between 0 and 1.
    var rate: Double
    /// The number of the threshold among the distinct scores.
    var step: Int
    /// How many genuine comparisons are rejected there.
    var misses: Int
  }

  /// Whether there are enough impostor comparisons for `metric`: 1/x for the FNMR at an FMR of x.
  ///
  /// With fewer, no false match at all may be allowed, and the figure would only repeat ZeroFMR.
  func supports(_ metric: ErrorMetric) -> Bool {
    guard !isEmpty else { return false }
    guard let rate = metric.falseMatchRate, rate > 0 else { return true }
    return Double(impostorTotal) * rate >= 1 - Self.rounding
  }

  /// The equal error rate: the mean of FMR and FNMR at the first threshold at which FNMR reaches FMR
  /// or at the one before, whichever has the smaller mean.
  func equalErrorRate() -> Reading? {
    guard !isEmpty else { return nil }
    var before: Reading?
    var best: Reading?
    forEachStep { index, misses, falseMatches in
      let fnmr = Double(misses) / Double(genuineTotal)
      let fmr = Double(falseMatches) / Double(impostorTotal)
      let here = Reading(rate: fnmr + fmr, step: index, misses: misses)
      guard fnmr >= fmr else {
        before = here
        return true
      }
      best = before.map { here.rate <= $0.rate ? here : $0 } ?? here
      return false
    }
    best?.rate /= 2
    return best
  }

  /// FNMR at the lowest threshold at which the FMR is at most `rate`, for several rates at once,
  /// which fall.
  func falseNonMatchRates(atFalling rates: [Double]) -> [Reading] {
    guard !isEmpty else { return [] }
    var readings: [Reading] = []
    forEachStep { index, misses, falseMatches in
      while readings.count < rates.count,
        Double(falseMatches) <= rates[readings.count] * Double(impostorTotal) + Self.rounding
      {
        let rate = Double(misses) / Double(genuineTotal)
        readings.append(Reading(rate: rate, step: index, misses: misses))
      }
      return readings.count < rates.count
    }
    return readings
  }

  /// Everything that ``ErrorMetric`` names, as far as `isWanted` and there is one.
  func readings(where isWanted: (ErrorMetric) -> Bool) -> [(metric: ErrorMetric, value: Reading)] {
    var result: [(ErrorMetric, Reading)] = []
    if isWanted(.eer), let eer = equalErrorRate() { result.append((.eer, eer)) }
    let metrics = ErrorMetric.allCases.filter { $0.falseMatchRate != nil && isWanted($0) }
    let values = falseNonMatchRates(atFalling: metrics.compactMap(\.falseMatchRate))
    result += zip(metrics, values)
    return result
  }

  /// What a product such as 0.001 * 3,000 may be off by in floating point.
  private static let rounding = 1e-9
}
