import BiomatchCore

/// How often searches name the right print, miss it, or name a wrong one, counted search by search.
///
/// A *mated* search is for a finger (a face, a person) that is enrolled, a *non-mated* one for one that
/// is not.
///
/// ```swift
/// var rates = IdentificationRates(threshold: SimilarityScore(100))
/// rates.addMated(candidates, mates: [enrolled])
/// rates.addNonMated(otherCandidates)
/// print(rates.falseNegative.value, rates.falsePositive.value)
/// ```
///
/// Rates depend on how many prints are enrolled, on the length of the lists and on the threshold: they
/// mean nothing without these.
///
/// Source: ISO/IEC 19795-1:2021.
public struct IdentificationRates: Sendable, Hashable, Codable {
  /// The score from which on a candidate counts for FNIR and FPIR.
  public let threshold: SimilarityScore
  /// Rank-1 identification rate: mated searches whose first candidate is a mate, whatever its score.
  public private(set) var rankOne = ObservedRate()
  /// False-negative identification rate (FNIR): mated searches without any mate among the candidates
  /// that reach the threshold.
  public private(set) var falseNegative = ObservedRate()
  /// False-positive identification rate (FPIR): non-mated searches with any candidate that reaches the
  /// threshold.
  public private(set) var falsePositive = ObservedRate()

  /// The rates of no searches yet.
  public init(threshold: SimilarityScore) { self.threshold = threshold }

  /// Counts a search for something that is enrolled.
  ///
  /// - Parameters:
  ///   - candidates: what was found, best first; empty when nothing was.
  ///   - mates: the samples that are of the probe's source.
  public mutating func addMated(_ candidates: [Candidate], mates: Set<ReferenceID>) {
    rankOne.add(candidates.first.map { mates.contains($0.reference) } ?? false)
    falseNegative.add(
      !candidates.contains { $0.score >= threshold && mates.contains($0.reference) }
    )
  }

  /// Counts a search for something that is not enrolled.
  public mutating func addNonMated(_ candidates: [Candidate]) {
    falsePositive.add(candidates.contains { $0.score >= threshold })
  }
}

/// How many of a number of trials came out a certain way.
public struct ObservedRate: Sendable, Hashable, Codable {
  /// How many did.
  public private(set) var count = 0
  /// Of how many.
  public private(set) var trials = 0

  /// No trials yet.
  public init() {}

  /// The share, 0...1; `nil` without trials.
  public var value: Double? { trials == 0 ? nil : Double(count) / Double(trials) }

  /// The interval of 95 % confidence as if all trials were independent; `nil` without trials. See
  /// ``ConfidenceInterval/proportion(_:of:)``.
  public var bounds: ConfidenceInterval? { .proportion(count, of: trials) }

  /// Counts one more trial.
  public mutating func add(_ cameOut: Bool) {
    trials += 1
    if cameOut { count += 1 }
  }
}
