import BiomatchCore
import BiomatchEvaluation
import Testing

@Suite("Identification rates")
struct IdentificationRatesTests {
  private func candidates(_ list: [(String, Float)]) throws -> [Candidate] {
    Candidate.ranked(
      try list.map { name, score in
        Candidate(
          reference: try ReferenceID(name),
          subject: try SubjectID(name),
          score: SimilarityScore(score)
        )
      }
    )
  }

  @Test("a mate counts at rank 1 whatever its score, for FNIR at any rank from the threshold on")
  func mated() throws {
    let mates: Set = [try ReferenceID("mate"), try ReferenceID("other mate")]
    let searches: [(found: [(String, Float)], isFirst: Bool, isMissed: Bool)] = [
      ([("mate", 100)], true, false),
      ([("mate", 99)], true, true),
      ([("stranger", 200), ("mate", 100)], false, false),
      ([("stranger", 200), ("mate", 99)], false, true),
      ([("stranger", 200), ("other mate", 150), ("mate", 50)], false, false),
      ([("stranger", 300)], false, true),
      ([], false, true),
    ]
    for search in searches {
      var rates = IdentificationRates(threshold: SimilarityScore(100))
      rates.addMated(try candidates(search.found), mates: mates)
      #expect(rates.rankOne.value == (search.isFirst ? 1 : 0), "\(search)")
      #expect(rates.falseNegative.value == (search.isMissed ? 1 : 0), "\(search)")
      #expect(rates.falsePositive.value == nil, "\(search)")
    }
  }

  @Test("a search is a false positive by any candidate that reaches the threshold, once")
  func nonMated() throws {
    var rates = IdentificationRates(threshold: SimilarityScore(100))
    rates.addNonMated(try candidates([("a", 150), ("b", 100)]))
    rates.addNonMated(try candidates([("a", 99)]))
    rates.addNonMated([])
    rates.addNonMated(try candidates([("a", 100)]))
    #expect(rates.falsePositive.count == 2)
    #expect(rates.falsePositive.trials == 4)
    #expect(rates.falsePositive.value == 0.5)
    #expect(rates.rankOne.trials == 0 && rates.falseNegative.trials == 0)
  }

  @Test("bounds are those of a proportion")
  func bounds() {
    var rate = ObservedRate()
    #expect(rate.value == nil && rate.bounds == nil)
    for _ in 0..<300 { rate.add(false) }
    #expect(rate.bounds == ConfidenceInterval(lower: 0, upper: 0.01))
    rate.add(true)
    #expect(rate.bounds == ConfidenceInterval.proportion(1, of: 301))
  }
}
