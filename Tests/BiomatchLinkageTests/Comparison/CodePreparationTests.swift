import BiomatchCore
import Testing

@testable import BiomatchLinkage

@Suite("Preparation of a comparison of codes")
struct CodePreparationTests {
  /// Codes of 64 bits of which many have as many bits set, some of them none or all.
  private static func codes(_ count: Int, _ name: String, seed: UInt64) throws -> Codes {
    var random = SeededGenerator(seed: seed)
    let rows = (0..<count).map { _ -> [UInt8] in
      switch Int.random(in: 0..<20, using: &random) {
      case 0: return Array(repeating: 0, count: 8)
      case 1: return Array(repeating: 255, count: 8)
      default:
        let (x, y) = (random.next(), random.next())
        return (UInt64(0)..<8).map { UInt8(truncatingIfNeeded: (x | y) >> (8 * $0)) }
      }
    }
    return try RandomCodes.make(rows, bits: 64, name: name)
  }

  private static func comparison(
    _ a: Codes,
    _ b: Codes,
    _ threshold: Double,
    threads: Int
  ) throws -> CodeComparison {
    try CodeComparison(a, b, CodeComparisonTests.options(threshold, threads: threads))
  }

  /// The definition of the order: by bits set, then by those behind the check, then by row.
  private static func order(_ codes: Codes, checked: Int) -> [Int] {
    let width = codes.wordsPerRow
    let rest = (0..<codes.count).map { row in
      codes.words[row * width + checked..<(row + 1) * width].reduce(0) { $0 + $1.nonzeroBitCount }
    }
    let ones = (0..<codes.count).map { codes.ones(ofRow: $0) }
    return (0..<codes.count).sorted { (ones[$0], rest[$0], $0) < (ones[$1], rest[$1], $1) }
  }

  @Test("Rows are counted and ordered the same on any number of threads", arguments: [1, 2, 3, 7])
  func threads(_ threads: Int) throws {
    // Enough rows for several threads, and no multiple of a block, a side or a segment.
    let (a, b) = (try Self.codes(9001, "a", seed: 1), try Self.codes(10_003, "b", seed: 2))
    let comparison = try Self.comparison(a, b, 0.9, threads: threads)
    for arrangement in [CodePreparation.Arrangement.second, .both, .none] {
      let prepared = comparison.preparedBlocking(arrangement)
      #expect(prepared.a.ones.map(Int.init) == (0..<a.count).map { a.ones(ofRow: $0) })
      #expect(prepared.b.ones.map(Int.init) == (0..<b.count).map { b.ones(ofRow: $0) })
      let orderA = prepared.sides.flatMap(\.order).map(Int.init)
      let orderB = prepared.segments.flatMap(\.order).map(Int.init)
      let checked = prepared.rule.checked
      #expect(orderA == (arrangement == .both ? Self.order(a, checked: checked) : []))
      #expect(orderB == (arrangement == .none ? [] : Self.order(b, checked: checked)))
      for side in prepared.sides + prepared.segments {
        #expect(side.count <= 1024)
        #expect((1..<side.count).allSatisfy { side.ones(at: $0 - 1) <= side.ones(at: $0) })
      }
    }
  }

  @Test("Rows of several words are ordered by the bits behind the check too")
  func check() throws {
    let (a, b) = try RandomCodes.sides(bits: 1024, countA: 300, countB: 400, fill: 0.5, seed: 4)
    let prepared = try Self.comparison(a, b, 0.8, threads: 1).preparedBlocking(.both)
    let checked = prepared.rule.checked
    #expect(checked < a.wordsPerRow)
    #expect(prepared.sides.flatMap(\.order).map(Int.init) == Self.order(a, checked: checked))
    #expect(prepared.segments.flatMap(\.order).map(Int.init) == Self.order(b, checked: checked))
  }

  @Test("Every pair of several bands of segments is counted once", arguments: [1, 2, 5])
  func bands(threads: Int) throws {
    let (a, b) = (try Self.codes(600, "a", seed: 5), try Self.codes(6000, "b", seed: 6))
    #expect(try Self.comparison(a, b, 0, threads: threads).candidateCount() == 600 * 6000)
    let listed = try Self.comparison(a, b, 0.8, threads: 1).candidates().count
    #expect(try Self.comparison(a, b, 0.8, threads: threads).candidateCount() == listed)
    #expect(listed > 0 && listed < 600 * 6000)
  }

  @Test("Sides without a code have no candidates", arguments: [(0, 0), (0, 5000), (5000, 0)])
  func empty(countA: Int, countB: Int) async throws {
    let (a, b) = (try Self.codes(countA, "a", seed: 7), try Self.codes(countB, "b", seed: 8))
    let comparison = try Self.comparison(a, b, 0, threads: 2)
    #expect(comparison.candidateCount() == 0)
    #expect(comparison.candidates().isEmpty)
    let isComplete = try await comparison.forEachBatch { batch async in #expect(batch.isEmpty) }
    #expect(isComplete)
  }

  @Test("A task finds what threads find of as many rows as several tasks prepare")
  func task() async throws {
    let (a, b) = (try Self.codes(5000, "a", seed: 9), try Self.codes(6000, "b", seed: 10))
    let comparison = try Self.comparison(a, b, 0.98, threads: 3)
    var found: [CandidatePair] = []
    let isComplete = try await comparison.forEachBatch { batch async in found += batch }
    #expect(isComplete && found == comparison.candidates())
    #expect(found.count == comparison.candidateCount())
  }
}
