import BiomatchCore

/// Confidence intervals that respect that one finger takes part in many comparisons.
///
/// Each replicate draws as many subjects as there are, with replacement. A comparison within a subject
/// counts as often as the subject was drawn, one between two subjects as often as the product says,
/// and all error rates are computed anew. The interval reaches from the 2.5 % to the 97.5 % quantile
/// of the replicates. The result depends on the seed and on nothing else.
///
/// There is no interval for ZeroFMR: it hangs on the highest impostor score alone, and no replicate has a
/// higher one than the sample.
///
/// Sources: Bolle, Ratha, Pankanti, "Error analysis of pattern recognition systems: the subsets
/// bootstrap", CVIU 93(1), 2004, doi:10.1016/j.cviu.2003.08.002; for pairs of which both members are
/// resampled: Snijders, Borgatti, "Non-parametric standard errors and tests for network statistics",
/// Connections 22(2), 1999.
public struct SubjectBootstrap: Sendable {
  /// How many replicates are drawn.
  public var replicates: Int
  /// The seed of the draws.
  public var seed: UInt64

  /// A bootstrap; 1,000 replicates give ends that vary by a few per cent of the interval's length.
  public init(replicates: Int = 1000, seed: UInt64 = 1) {
    precondition(replicates > 0, "a bootstrap has replicates")
    self.replicates = replicates
    self.seed = seed
  }

  /// The intervals of one set's error rates; `nil` when a comparison came without its subjects, or
  /// when all are of one.
  ///
  /// Complexity: O(n log n) once and O(n) a replicate, in the number of comparisons.
  public func bounds(of set: ScoreSet) -> PerMetric<ConfidenceInterval>? {
    bounds(ofMeanOver: [set])
  }

  /// The intervals of the mean of several sets' error rates, with every subject drawn for all sets at
  /// once; `nil` when a comparison came without its subjects, or when all are of one.
  ///
  /// A replicate that draws a set without genuine or without impostor comparisons says nothing of that
  /// set and is passed over.
  public func bounds(ofMeanOver sets: [ScoreSet]) -> PerMetric<ConfidenceInterval>? {
    guard !sets.isEmpty, sets.allSatisfy(\.hasSubjects) else { return nil }
    var numbers = SubjectNumbers()
    let samples = sets.map { Resampled(set: $0, numbers: &numbers) }
    guard numbers.names.count > 1 else { return nil }
    var random = SeededGenerator(seed: seed)
    var values: [ErrorMetric: [Double]] = [:]
    for _ in 0..<replicates {
      let weights = Self.draw(subjects: numbers.names.count, using: &random)
      let mean = MeanErrorRates(ofRates: samples.map { $0.rates(weights: weights) })
      for metric in ErrorMetric.allCases {
        if let rate = mean.rates[metric] { values[metric, default: []].append(rate) }
      }
    }
    var result = PerMetric<ConfidenceInterval>()
    for (metric, rates) in values { result[metric] = Self.interval(rates.sorted()) }
    return result
  }

  private static func draw(subjects: Int, using random: inout SeededGenerator) -> [Int] {
    var weights = Array(repeating: 0, count: subjects)
    for _ in 0..<subjects { weights[Int.random(in: 0..<subjects, using: &random)] += 1 }
    return weights
  }

  private static func interval(_ sorted: [Double]) -> ConfidenceInterval {
    ConfidenceInterval(lower: quantile(0.025, of: sorted), upper: quantile(0.975, of: sorted))
  }

  /// The quantile by linear interpolation between the order statistics.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
}

/// A set sorted once, to be counted many times with different weights.
private struct Resampled: Sendable {
  private let groups: ScoreGroups
  private let metrics: Set<ErrorMetric>
  /// The number that each of the set's subjects has among those of all sets.
  private let subjects: [Int]

  init(set: ScoreSet, numbers: inout SubjectNumbers) {
    subjects = set.subjects.names.map { Int(numbers.number(of: $0)) }
    groups = ScoreGroups(of: set)
    let counts = groups.counts
    metrics = Set(ErrorMetric.allCases.filter { $0 != .zeroFMR && counts.supports($0) })
  }

  func rates(weights: [Int]) -> PerMetric<Double> {
    let counts = groups.counts(weights: subjects.map { weights[$0] })
    var rates = PerMetric<Double>()
    for (metric, reading) in counts.readings(where: metrics.contains) {
      rates[metric] = reading.rate
    }
    return rates
  }
}
