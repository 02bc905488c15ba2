/// A range in which the true value lies with 95 % confidence.
public struct ConfidenceInterval: Sendable, Hashable, Codable {
  /// The lower end.
  public var lower: Double
  /// The upper end.
  public var upper: Double

  /// The range between two ends.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The interval for a rate of which `errors` of `trials` were observed: the score interval of
  /// Wilson, and the rule of three where all trials or none were errors.
  ///
  /// Both take the trials for independent. Comparisons that share a finger are not, so the true
  /// interval is wider: ``SubjectBootstrap`` estimates it.
  ///
  /// Sources: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
  /// JASA 22(158), 1927, doi:10.1080/01621459.1927.10502953; Hanley, Lippman-Hand, "If nothing goes
  /// wrong, is everything all right?", JAMA 249(13), 1983, doi:10.1001/jama.1983.03330370053031.
  public static func proportion(_ errors: Int, of trials: Int) -> ConfidenceInterval? {
    precondition(0 <= errors && errors <= trials, "errors are counted among the trials")
    guard trials > 0 else { return nil }
    let ruleOfThree = min(1, 3 / Double(trials))
    if errors == 0 { return ConfidenceInterval(lower: 0, upper: ruleOfThree) }
    if errors == trials { return ConfidenceInterval(lower: 1 - ruleOfThree, upper: 1) }
    return wilson(errors, of: trials)
  }

  /// The score interval of Wilson, for any number of errors among at least one trial.
  static func wilson(_ errors: Int, of trials: Int) -> ConfidenceInterval {
    let n = Double(trials)
    let rate = Double(errors) / n
    let z2 = normalQuantile * normalQuantile
    let centre = (rate + z2 / (2 * n)) / (1 + z2 / n)
    let half =
      normalQuantile / (1 + z2 / n) * (rate * (1 - rate) / n + z2 / (4 * n * n)).squareRoot()
    return ConfidenceInterval(lower: max(0, centre - half), upper: min(1, centre + half))
  }

  /// The 97.5 % quantile of the standard normal distribution.
  private static let normalQuantile = 1.959963984540054
}
