import BiomatchCore
import BiomatchEvaluation
import Testing

@Suite("Scores of pairs")
struct CountedScoresTests {
  /// Good and poor matchers, with and without ties, also such that get everything wrong.
  private static let matchers: [(separation: Float, steps: Float?)] = [
    (0.9, nil), (0.6, 1000), (0.3, nil), (0.1, 20), (0, 2), (-0.7, nil), (2, 100),
  ]

  @Test(
    "have the figures that keeping every score would give, for any number of threads",
    arguments: matchers.indices,
    UInt64(0)..<3
  )
  func figures(matcher: Int, seed: UInt64) throws {
    let (separation, steps) = Self.matchers[matcher]
    let fixture = try PairwiseFixture(
      seed: seed,
      subjects: seed == 0 ? 6 : 70,
      most: 5,
      separation: separation,
      steps: steps
    )
    for threads in [1, 3] {
      let scores = fixture.scores(threads: threads)
      let set = fixture.set(of: scores)
      let counted = ErrorRates(of: CountedScores(scores).curve)
      #expect(counted == ErrorRates(of: set), "seed \(seed), matcher \(matcher)")
    }
  }

  @Test(
    "are resampled as if each were kept",
    arguments: matchers.indices,
    [nil, 400, 3000]
  )
  func bootstrap(matcher: Int, limit: Int?) throws {
    let (separation, steps) = Self.matchers[matcher]
    let fixture = try PairwiseFixture(
      seed: 7,
      subjects: 60,
      most: 4,
      separation: separation,
      steps: steps
    )
    let scores = fixture.scores(limit: limit)
    let bootstrap = SubjectBootstrap(replicates: 25, seed: 3)
    let bounds = try #require(bootstrap.bounds(of: CountedScores(scores)))
    let kept = [fixture.subjectOrder, fixture.set(of: scores)]
    #expect(bounds == bootstrap.bounds(ofMeanOver: kept))
  }

  @Test("come once a pair, with the right kind", arguments: [1, 5, 40, 300])
  func allPairs(subjects: Int) throws {
    let fixture = try PairwiseFixture(
      seed: 2,
      subjects: subjects,
      most: 3,
      separation: 1,
      steps: nil
    )
    let pairs = fixture.scores().listed()
    let count = fixture.groups.count
    #expect(pairs.count == count * (count - 1) / 2)
    #expect(Set(pairs.map { [$0.position, $0.other] }).count == pairs.count)
    for pair in pairs {
      let (i, j) = (fixture.groups.samples[pair.position], fixture.groups.samples[pair.other])
      #expect(pair.position < pair.other)
      #expect(pair.isGenuine == (fixture.labels[i] == fixture.labels[j]))
      #expect(pair.score == fixture.table[i][j])
    }
  }

  @Test("are drawn once each, so many of a kind", arguments: [1, 17, 100, 2000, 1_000_000])
  func drawnPairs(limit: Int) throws {
    let fixture = try PairwiseFixture(seed: 3, subjects: 60, most: 4, separation: 1, steps: nil)
    let all = fixture.scores().pairs
    let scores = fixture.scores(limit: limit, seed: 5)
    let pairs = scores.listed()
    #expect(pairs.count(where: \.isGenuine) == min(limit, all.genuineCount))
    #expect(pairs.count { !$0.isGenuine } == min(limit, all.impostorCount))
    #expect(pairs.count == scores.pairs.count)
    #expect(Set(pairs.map { [$0.position, $0.other] }).count == pairs.count)
    for pair in pairs {
      let (i, j) = (fixture.groups.samples[pair.position], fixture.groups.samples[pair.other])
      #expect(pair.isGenuine == (fixture.labels[i] == fixture.labels[j]))
    }
    #expect(pairs == fixture.scores(limit: limit, seed: 5).listed())
    if limit < all.genuineCount { #expect(pairs != fixture.scores(limit: limit, seed: 6).listed()) }
  }

  @Test("draw every pair about as often as any other")
  func fairness() throws {
    let fixture = try PairwiseFixture(seed: 4, subjects: 12, most: 2, separation: 1, steps: nil)
    let total = fixture.scores().pairs.impostorCount
    for share in [0.2, 0.8] {
      let limit = Int(share * Double(total))
      var counts: [[Int]: Int] = [:]
      for seed in UInt64(0)..<500 {
        for pair in fixture.scores(limit: limit, seed: seed).listed() where !pair.isGenuine {
          counts[[pair.position, pair.other], default: 0] += 1
        }
      }
      let mean = 500 * Double(limit) / Double(total)
      let deviation = (mean * (1 - Double(limit) / Double(total))).squareRoot()
      #expect(counts.count == total)
      for (pair, count) in counts {
        #expect(abs(Double(count) - mean) < 5 * deviation, "\(pair): \(count) of \(mean)")
      }
    }
  }

  @Test("a subject keeps its first samples")
  func limit() throws {
    let labels = try ["b", "a", "b", "c", "a", "b"].map { try SubjectID($0) }
    #expect(SampleGroups(labels: labels).samples == [0, 2, 5, 1, 4, 3])
    #expect(SampleGroups(labels: labels, limit: 2).samples == [0, 2, 1, 4, 3])
    #expect(SampleGroups(labels: labels, limit: 1).samples == [0, 1, 3])
    #expect(SampleGroups(labels: []).subjectCount == 0)
  }

  @Test("without samples, or with one, there are no rates")
  func none() throws {
    for labels in [[], ["a"], ["a", "a"], ["a", "b"]] {
      let groups = SampleGroups(labels: try labels.map { try SubjectID($0) })
      let scores = PairwiseScores(name: "none", pairs: SamplePairs(of: groups)) { _, others in
        others.map { _ in 0.5 }
      }
      let result = EvaluationResult(
        of: CountedScores(scores),
        bootstrap: SubjectBootstrap(replicates: 3)
      )
      #expect(result.pooled.rates == PerMetric())
      #expect(result.pooled.genuine + result.pooled.impostor == max(0, labels.count - 1))
    }
  }

  @Test("one list is its own mean and pool, and has a report")
  func result() throws {
    let fixture = try PairwiseFixture(seed: 9, subjects: 30, most: 3, separation: 0.7, steps: nil)
    let counted = CountedScores(fixture.scores())
    let result = EvaluationResult(of: counted)
    let kept = EvaluationResult(of: [fixture.set(of: fixture.scores())])
    #expect(result.lists == kept.lists)
    #expect(result.mean == kept.mean)
    #expect(result.pooled == kept.pooled)
    let html = EvaluationReport(title: "Pairs", scores: counted, result: result).html
    #expect(html.contains("<svg") && html.contains("<td>\(result.pooled.genuine)</td>"))
  }
}

extension PairwiseScores {
  struct ListedPair: Equatable {
    var position: Int
    var other: Int
    var isGenuine: Bool
    var score: Float
  }

  /// All comparisons in their order.
  func listed() -> [ListedPair] {
    var pairs: [ListedPair] = []
    for block in 0..<blockCount {
      forEachRun(inBlock: block) { position, others, isGenuine, scores in
        for (other, score) in zip(others, scores) {
          pairs.append(
            ListedPair(position: position, other: other, isGenuine: isGenuine, score: score)
          )
        }
      }
    }
    return pairs
  }
}
