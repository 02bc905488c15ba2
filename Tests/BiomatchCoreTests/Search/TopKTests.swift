import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Top k")
struct TopKTests {
  @Test("keeps what a sort would, in any order of insertion", arguments: UInt64(0)..<200)
  func oracle(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let scoreRange = Int.random(in: 1...40, using: &random)
    let entries = (0..<Int.random(in: 0...80, using: &random)).map { slot in
      (score: Float(Int.random(in: 0..<scoreRange, using: &random)), slot: UInt32(slot))
    }
    let capacity = Int.random(in: 0...20, using: &random)
    let expected = entries.sorted { ($0.score, $1.slot) > ($1.score, $0.slot) }.prefix(capacity)
    for _ in 0..<3 {
      var best = TopK<UInt32>(capacity: capacity)
      var other = TopK<UInt32>(capacity: capacity)
      for (index, entry) in entries.shuffled(using: &random).enumerated() {
        if index.isMultiple(of: 3) {
          other.offer(SimilarityScore(entry.score), key: entry.slot)
        } else {
          best.offer(SimilarityScore(entry.score), key: entry.slot)
        }
      }
      best.merge(other)
      let found = best.sorted()
      #expect(found.map(\.key) == expected.map(\.slot), "seed \(seed)")
      #expect(found.map(\.score.value) == expected.map(\.score), "seed \(seed)")
      #expect(best.count == expected.count, "seed \(seed)")
      #expect(
        best.worstKept?.value == (expected.count == capacity ? expected.last?.score : nil),
        "seed \(seed)"
      )
    }
  }

  @Test("breaks ties by identifier where the key is one")
  func identifiers() throws {
    var best = TopK<ReferenceID>(capacity: 2)
    for text in ["c", "a", "b"] { best.offer(SimilarityScore(1), key: try ReferenceID(text)) }
    #expect(best.sorted().map(\.key.string) == ["a", "b"])
  }
}

@Suite("Candidates and coverage")
struct CandidateTests {
  @Test("candidates are ranked by score, then by reference")
  func ranking() throws {
    let list = try [("b", 5), ("a", 5), ("c", 9)].map { (name: String, score: Float) in
      Candidate(
        reference: try ReferenceID(name),
        subject: try SubjectID("s"),
        score: SimilarityScore(score)
      )
    }
    let ranked = Candidate.ranked(list)
    #expect(ranked.map(\.reference.string) == ["c", "a", "b"])
    #expect(ranked.map(\.rank) == [1, 2, 3])
  }

  @Test("a coverage is complete when everything was searched")
  func coverage() {
    #expect(Coverage(searched: 3, total: 3, generation: 1).isComplete)
    #expect(!Coverage(searched: 2, total: 3, generation: 1).isComplete)
  }

  @Test("a coverage travels as JSON, checked on arrival")
  func coverageCoding() throws {
    let coverage = Coverage(searched: 2, total: 3, generation: .max)
    let data = try JSONEncoder().encode(coverage)
    #expect(try JSONDecoder().decode(Coverage.self, from: data) == coverage)
    for (searched, total) in [(4, 3), (-1, 3)] {
      let json = #"{"searched":\#(searched),"total":\#(total),"generation":1}"#
      #expect(throws: DecodingError.self, "\(json)") {
        try JSONDecoder().decode(Coverage.self, from: Data(json.utf8))
      }
    }
  }
}
