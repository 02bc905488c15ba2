import BiomatchCore
import Testing

@testable import BiomatchLinkage

@Suite("Solving")
struct LinkageSolverTests {
  /// Few scores, so that there are many ties.
  static func candidates(
    rows: Int,
    columns: Int,
    density: Double,
    seed: UInt64
  ) -> [CandidatePair] {
    var random = SeededGenerator(seed: seed)
    var pairs: [CandidatePair] = []
    for a in 0..<rows {
      for b in 0..<columns where Double.random(in: 0..<1, using: &random) < density {
        let score = Double(Int.random(in: 1...8, using: &random)) / 8
        pairs.append(CandidatePair(a: a, b: b, score: score))
      }
    }
    return pairs.shuffled(using: &random)
  }

  /// The best sum of scores over all ways to link rows from `row` on.
  private static func bestSum(_ scores: [[Int: Double]], _ row: Int, _ taken: Set<Int>) -> Double {
    guard row < scores.count else { return 0 }
    var best = bestSum(scores, row + 1, taken)
    for (column, score) in scores[row] where !taken.contains(column) {
      best = max(best, score + bestSum(scores, row + 1, taken.union([column])))
    }
    return best
  }

  private static func isOneToOne(_ links: [CandidatePair]) -> Bool {
    Set(links.map(\.a)).count == links.count && Set(links.map(\.b)).count == links.count
  }

  @Test("The optimal links have the largest sum of scores", arguments: 0..<60)
  func optimal(seed: UInt64) {
    let density = [0.15, 0.4, 0.9][Int(seed) % 3]
    let pairs = Self.candidates(rows: 7, columns: 6, density: density, seed: seed)
    var scores = [[Int: Double]](repeating: [:], count: 7)
    for pair in pairs { scores[pair.a][pair.b] = pair.score }
    let links = LinkageSolver.links(pairs, by: .optimal)
    #expect(Self.isOneToOne(links))
    #expect(Set(pairs).isSuperset(of: links))
    #expect(links.reduce(0) { $0 + $1.score } == Self.bestSum(scores, 0, []), "seed \(seed)")
  }

  @Test("Whatever the order of the candidates, the links are the same", arguments: 0..<20)
  func order(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pairs = Self.candidates(rows: 20, columns: 25, density: 0.2, seed: seed)
    for method in LinkageSolver.Method.allCases {
      let links = LinkageSolver.links(pairs, by: method)
      #expect(LinkageSolver.links(pairs.shuffled(using: &random), by: method) == links)
      #expect(LinkageSolver.links(pairs + pairs, by: method) == links)
    }
  }

  @Test(
    "A higher threshold leaves the same links without the lower ones",
    arguments: [LinkageSolver.Method.greedy, .oneToMany]
  )
  func monotone(method: LinkageSolver.Method) {
    for seed in 0..<30 as Range<UInt64> {
      let pairs = Self.candidates(rows: 15, columns: 15, density: 0.3, seed: seed)
      let links = LinkageSolver.links(pairs, by: method)
      for threshold in [0.3, 0.5, 0.8, 1] {
        let kept = pairs.filter { $0.score >= threshold }
        #expect(
          LinkageSolver.links(kept, by: method) == links.filter { $0.score >= threshold },
          "seed \(seed), threshold \(threshold)"
        )
      }
    }
  }

  @Test("The optimal links of a higher threshold may be others")
  func optimalIsNotMonotone() {
    let pairs = [
      CandidatePair(a: 0, b: 0, score: 0.9), CandidatePair(a: 0, b: 1, score: 0.7),
      CandidatePair(a: 1, b: 0, score: 0.7),
    ]
    #expect(LinkageSolver.links(pairs, by: .optimal) == [pairs[1], pairs[2]])
    #expect(LinkageSolver.links([pairs[0]], by: .optimal) == [pairs[0]])
  }

  @Test("The greedy links are those of anonlink 0.15.3, ties included")
  func anonlink() {
    // anonlink.solving.greedy_solve on these candidates in the order of its find_candidate_pairs.
    let pairs = [
      (0, 0, 0.9), (0, 1, 0.9), (1, 0, 0.9), (1, 1, 0.8), (2, 2, 0.8), (2, 1, 0.85), (3, 2, 0.8),
      (3, 3, 0.5), (4, 3, 0.5), (4, 4, 0.4), (5, 4, 0.4), (5, 5, 0.4),
    ].map { CandidatePair(a: $0, b: $1, score: $2) }
    let links = LinkageSolver.links(pairs, by: .greedy).map { [$0.a, $0.b] }
    #expect(links == Self.recorded)
  }

  static let recorded = [[0, 0], [2, 1], [3, 2], [4, 3], [5, 4]]

  @Test("Rows may be as high as a file can name", arguments: LinkageSolver.Method.allCases)
  func highRows(method: LinkageSolver.Method) {
    let last = Int(UInt32.max)
    let pairs = [
      CandidatePair(a: last, b: last, score: 0.9), CandidatePair(a: 0, b: last - 1, score: 0.8),
      CandidatePair(a: 0, b: last, score: 0.7),
    ]
    #expect(LinkageSolver.links(pairs, by: method) == [pairs[0], pairs[1]])
    #expect(LinkageSolver.links([pairs[0]], by: method) == [pairs[0]])
  }

  @Test("One to many gives each record of the second side its best of the first")
  func oneToMany() {
    let pairs = Self.candidates(rows: 12, columns: 30, density: 0.3, seed: 4)
    let links = LinkageSolver.links(pairs, by: .oneToMany)
    for b in Set(pairs.map(\.b)) {
      let best = pairs.filter { $0.b == b }.min { $0.isBetter(than: $1) }
      #expect(links.filter { $0.b == b } == [best])
    }
  }

  @Test("However few candidates are kept at a time, the links are the same", arguments: 1...40)
  func fewKept(capacity: Int) throws {
    let pairs = Self.candidates(rows: 20, columns: 25, density: 0.5, seed: UInt64(capacity))
    var passes = 0
    let links = LinkageSolver.greedy(BestCandidates(capacity: capacity)) { body in
      passes += 1
      for start in stride(from: 0, to: pairs.count, by: 7) {
        body(Array(pairs[start..<min(start + 7, pairs.count)]))
      }
    }
    #expect(links == LinkageSolver.links(pairs, by: .greedy))
    #expect(passes > 1, "all candidates were kept")
    #expect(passes <= 1 + pairs.count / capacity)
  }

  @Test("The best candidates of a stream are kept, equal ones too", arguments: 1...30)
  func bestKept(capacity: Int) {
    let pairs = Self.candidates(rows: 10, columns: 12, density: 0.9, seed: UInt64(capacity))
    for stream in [pairs, pairs + pairs, pairs.map { _ in pairs[0] }] {
      var best = BestCandidates(capacity: capacity)
      for pair in stream { best.add(pair) }
      let hasDropped = best.hasDropped
      let kept = best.takeSorted()
      #expect(kept.count >= min(capacity, stream.count) && kept.count < 2 * capacity)
      #expect(kept == Array(stream.sorted { $0.isBetter(than: $1) }.prefix(kept.count)))
      #expect(hasDropped == (kept.count < stream.count))
    }
  }

  @Test(
    "Candidates come best first, however few are kept at a time",
    arguments: [1, 3, 50, 10_000]
  )
  func bestFirst(capacity: Int) throws {
    let (a, b) = try RandomCodes.sides(bits: 128, countA: 40, countB: 60, fill: 0.4, seed: 8)
    var options = CodeComparisonOptions(threshold: try DiceThreshold(0.5))
    options.allowsUnknownSchema = true
    let comparison = try CodeComparison(a, b, options)
    var listed: [CandidatePair] = []
    var rowsDone: [Int] = []
    comparison.forEachBatch(
      bestFirst: BestCandidates(capacity: capacity),
      rowsDone: { rowsDone.append($0) }
    ) { listed += $0 }
    // Told once, however often codes are compared.
    #expect(!rowsDone.isEmpty && zip(rowsDone, rowsDone.dropFirst()).allSatisfy { $0 < $1 })
    #expect(listed.count > 100)
    #expect(listed == comparison.candidates().sorted { $0.isBetter(than: $1) })
  }

  @Test("Large components are solved: a long chain of alternatives")
  func chain() {
    let pairs = (0..<2000).flatMap { row in
      [
        CandidatePair(a: row, b: row, score: 0.8), CandidatePair(a: row, b: row + 1, score: 0.81),
      ]
    }
    let links = LinkageSolver.links(pairs, by: .optimal)
    #expect(links.count == 2000 && links.allSatisfy { $0.b == $0.a + 1 })
  }
}
