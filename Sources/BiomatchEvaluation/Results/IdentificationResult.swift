import BiomatchCore

/// What searches among samples came to; rates are fractions.
///
/// Source: ISO/IEC 19795-1:2021.
public struct IdentificationResult: Sendable, Hashable {
  /// Rank-1 identification rate, leaving one out: of the searches for a sample among all others, those
  /// that find a sample of the same subject first. Of equal scores the first sample counts.
  public var rankOne: ObservedRate
  /// The interval of 95 % confidence of the rank-1 identification rate.
  public var rankOneBounds: ConfidenceInterval?
  /// How many samples are enrolled in the open set.
  public var enrolled: Int
  /// How many searches of the open set are for a subject who is enrolled.
  public var mated: Int
  /// How many searches of the open set are for a subject who is not enrolled.
  public var nonMated: Int
  /// FNIR at the lowest threshold with an FPIR of at most 1/100, 1/1,000 and 1/10,000, in the places of
  /// FNMR at these FMRs. Lists are as long as the gallery: a mate counts from the threshold on, whatever
  /// its rank.
  public var falseNegative: PerMetric<Double>
  /// The thresholds at which they hold.
  public var thresholds: PerMetric<Double>
  /// Intervals of 95 % confidence.
  public var bounds: PerMetric<ConfidenceInterval>

  /// Makes the searches and counts.
  ///
  /// - Parameters:
  ///   - bootstrap: how to resample the subjects of probes for the bounds, with what is enrolled left as
  ///     it is; without it the bounds take the searches for independent.
  ///   - finished: called with numbers of blocks that are done, from any thread.
  /// - Complexity: O(probes × samples) comparisons.
  public init(
    of searches: PairwiseSearches,
    bootstrap: SubjectBootstrap? = nil,
    finished: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    let outcomes = searches.outcomes(finished: finished)
    rankOne = ObservedRate()
    var hits: [Int: (count: Int, trials: Int)] = [:]
    for outcome in outcomes where searches.isLeftOut(outcome) {
      let isHit = outcome.best?.subject == outcome.subject
      rankOne.add(isHit)
      hits[outcome.subject, default: (0, 0)].trials += 1
      if isHit { hits[outcome.subject, default: (0, 0)].count += 1 }
    }
    let openSet = Self.openSet(outcomes, searches)
    let rates = ErrorRates(of: openSet)
    enrolled = searches.enrolled.count
    mated = rates.genuine
    nonMated = rates.impostor
    falseNegative = rates.rates.withoutCrossing
    thresholds = rates.thresholds.withoutCrossing
    if let bootstrap {
      rankOneBounds = bootstrap.bounds(ofShare: hits.sorted { $0.key < $1.key }.map(\.value))
      bounds = bootstrap.bounds(of: openSet)?.withoutCrossing ?? PerMetric()
    } else {
      rankOneBounds = rankOne.bounds
      bounds = rates.bounds.withoutCrossing
    }
  }

  /// A mated search is missed when its mate scores below the threshold, a non-mated one is a false
  /// positive when anything scores as high: genuine and impostor comparisons in all but name.
  private static func openSet(
    _ outcomes: [SearchOutcome],
    _ searches: PairwiseSearches
  ) -> ScoreSet {
    var set = ScoreSet(name: "open set")
    for outcome in outcomes {
      guard let (score, isMated) = searches.openSetScore(of: outcome) else { continue }
      let subject = String(outcome.subject)
      set.add(Double(score), isGenuine: isMated, subjects: (subject, subject))
    }
    return set
  }
}

extension PerMetric {
  /// Without the EER, which means nothing for searches, and without ZeroFMR.
  fileprivate var withoutCrossing: PerMetric {
    var copy = self
    copy.eer = nil
    copy.zeroFmr = nil
    return copy
  }
}
