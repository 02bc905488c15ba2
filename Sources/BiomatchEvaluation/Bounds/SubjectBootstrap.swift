import BiomatchCore
import Synchronization

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
    let rates = replicates(subjects: numbers.names.count) { weights in
      MeanErrorRates(ofRates: samples.map { $0.rates(weights: weights) }).rates
    }
    return Self.intervals(of: rates)
  }

  /// The intervals of the error rates of pairs of samples, which resample their subjects; `nil` when
  /// all are of one.
  ///
  /// Complexity: for each replicate O(n) in the number of comparisons at the upper end, and of all where
  /// pairs are drawn.
  public func bounds(of scores: CountedScores) -> PerMetric<ConfidenceInterval>? {
    let subjects = scores.source.pairs.groups.subjectCount
    guard subjects > 1 else { return nil }
    let metrics = Self.metrics(of: scores.curve.counts)
    var depth = 2.0
    while true {
      let tail = ScoreTail(of: scores, depth: depth)
      let rates = replicates(subjects: subjects, threads: scores.source.threads) { weights in
        tail.counts(weights: weights)?.rates(of: metrics)
      }
      if let rates = rates.allOrNothing() { return Self.intervals(of: rates) }
      // A replicate has a figure below the tail: once more with a longer one.
      depth *= 4
    }
  }

  /// The interval of a share that is counted by subject: so many of so many trials each; `nil` when there
  /// is one subject or none.
  func bounds(ofShare counts: [(count: Int, trials: Int)]) -> ConfidenceInterval? {
    guard counts.count > 1 else { return nil }
    let shares = replicates(subjects: counts.count) { weights in
      let sum = zip(counts, weights).reduce(into: (count: 0, trials: 0)) { sum, pair in
        sum.count += pair.0.count * pair.1
        sum.trials += pair.0.trials * pair.1
      }
      return sum.trials == 0 ? nil : Double(sum.count) / Double(sum.trials)
    }
    return Self.interval(shares.compactMap(\.self))
  }

  // MARK: Replicates

  /// What `value` gives for each replicate's weights, in the order in which they are drawn.
  private func replicates<Value: Sendable>(
    subjects: Int,
    threads: Int = ParallelScan.processorCount,
    _ value: @escaping @Sendable (_ weights: [Int]) -> Value
  ) -> [Value] {
    var random = SeededGenerator(seed: seed)
    var values: [Value] = []
    while values.count < replicates {
      let draws = (values.count..<min(replicates, values.count + Self.drawsAtOnce)).map { _ in
        Self.draw(subjects: subjects, using: &random)
      }
      let results = Mutex([Value?](repeating: nil, count: draws.count))
      ParallelScan(partCount: draws.count, threads: threads).complete { index in
        let result = value(draws[index])
        results.withLock { $0[index] = result }
      }
      values += results.withLock { $0.compactMap(\.self) }
    }
    return values
  }

  /// Weights take eight bytes a subject.
  private static let drawsAtOnce = 16

  private static func draw(subjects: Int, using random: inout SeededGenerator) -> [Int] {
    var weights = Array(repeating: 0, count: subjects)
    for _ in 0..<subjects { weights[Int.random(in: 0..<subjects, using: &random)] += 1 }
    return weights
  }

  /// The metrics that there are bounds for.
  fileprivate static func metrics(of counts: ErrorCounts) -> Set<ErrorMetric> {
    Set(ErrorMetric.allCases.filter { $0 != .zeroFMR && counts.supports($0) })
  }

  private static func intervals(of rates: [PerMetric<Double>]) -> PerMetric<ConfidenceInterval> {
    var result = PerMetric<ConfidenceInterval>()
    for metric in ErrorMetric.allCases {
      result[metric] = interval(rates.compactMap { $0[metric] })
    }
    return result
  }

  private static func interval(_ values: [Double]) -> ConfidenceInterval? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    return ConfidenceInterval(
      lower: quantile(0.025, of: sorted),
      upper: quantile(0.975, of: sorted)
    )
  }

  /// The quantile by linear interpolation between the order statistics.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
}

extension ErrorCounts {
  fileprivate func rates(of metrics: Set<ErrorMetric>) -> PerMetric<Double> {
    var rates = PerMetric<Double>()
    for (metric, reading) in readings(where: metrics.contains) { rates[metric] = reading.rate }
    return rates
  }
}

extension Array {
  /// The elements, or `nil` where one is none.
  fileprivate func allOrNothing<Wrapped>() -> [Wrapped]? where Element == Wrapped? {
    let elements = compactMap(\.self)
    return elements.count == count ? elements : nil
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
    groups = ScoreGroups(of: set.comparisons)
    metrics = SubjectBootstrap.metrics(of: groups.counts)
  }

  func rates(weights: [Int]) -> PerMetric<Double> {
    groups.counts(weights: subjects.map { weights[$0] }).rates(of: metrics)
  }
}
