import BiomatchLinkage
import Testing

@Suite("Quality of links")
struct LinkageTruthTests {
  private static let truth = LinkageTruth(a: ["p", "q", nil, "r", "p"], b: ["q", "p", nil, "s"])

  @Test("pairs of one person are counted, records of nobody are not")
  func matches() {
    #expect(Self.truth.matchCount == 3)
    #expect(Self.truth.matches.map { [$0.a, $0.b] } == [[0, 1], [1, 0], [4, 1]])
    #expect(!Self.truth.isMatch(a: 2, b: 2) && Self.truth.isMatch(a: 4, b: 1))
  }

  @Test("precision, recall and F1 are those of the links")
  func quality() {
    let quality = Self.truth.quality(of: [
      CandidatePair(a: 0, b: 1, score: 0.9), CandidatePair(a: 3, b: 3, score: 0.8),
    ])
    #expect(
      quality.precision == 0.5 && quality.recall == 1.0 / 3
        && quality.f1 == 2.0 / 5
    )
  }

  @Test("without links, or without pairs of one person, there is no division by zero")
  func nothing() {
    #expect(Self.truth.quality(of: []).precision == 1)
    #expect(Self.truth.quality(of: []).f1 == 0)
    #expect(LinkageTruth(a: [], b: []).quality(of: []).f1 == 1)
    #expect(Self.truth.best(of: []) == nil)
  }

  @Test("the best threshold takes links of one score all or not at all")
  func best() throws {
    let links = [
      CandidatePair(a: 3, b: 3, score: 0.8), CandidatePair(a: 0, b: 1, score: 0.9),
      CandidatePair(a: 1, b: 0, score: 0.8), CandidatePair(a: 2, b: 2, score: 0.7),
    ]
    let best = try #require(Self.truth.best(of: links))
    #expect(best.threshold == 0.8)
    #expect(best.quality.linkCount == 3 && best.quality.correctCount == 2)
    #expect(best.quality.f1 == 4.0 / 6)
  }
}
