import BiomatchCore
import Foundation
import Testing

@Suite("Similarity score")
struct SimilarityScoreTests {
  @Test("refuses what is not a finite number", arguments: [Float.nan, .infinity, -.infinity])
  func notFinite(value: Float) {
    #expect(throws: SimilarityScoreError.notFinite(value.description)) {
      try SimilarityScore(validating: value)
    }
  }

  @Test("has one zero")
  func zero() {
    #expect(SimilarityScore(-0.0).value.sign == .plus)
    #expect(SimilarityScore(-0.0) == SimilarityScore(0))
  }

  @Test("orders by value and prints without a needless fraction")
  func orderAndText() {
    #expect(SimilarityScore(1) < SimilarityScore(2.5))
    #expect(SimilarityScore(412).description == "412")
    #expect(SimilarityScore(0.3125).description == "0.3125")
    #expect(SimilarityScore(-1).description == "-1")
  }

  @Test("travels as a plain number")
  func coding() throws {
    let data = try JSONEncoder().encode([SimilarityScore(0.25), SimilarityScore(7)])
    #expect(String(decoding: data, as: UTF8.self) == "[0.25,7]")
    #expect(
      try JSONDecoder().decode([SimilarityScore].self, from: data)
        == [SimilarityScore(0.25), SimilarityScore(7)]
    )
  }
}
