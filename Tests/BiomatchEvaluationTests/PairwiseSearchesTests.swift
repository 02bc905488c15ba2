import BiomatchCore
import BiomatchEvaluation
import Testing

@Suite("Searches among samples")
struct PairwiseSearchesTests {
  @Test(
    "leaving one out finds what a loop over all others finds, for any number of threads",
    arguments: [nil, 1, 10] as [Float?]
  )
  func rankOne(steps: Float?) throws {
    let fixture = try PairwiseFixture(
      seed: 1,
      subjects: 90,
      most: 5,
      separation: 0.5,
      steps: steps
    )
    var trials = 0
    var hits = 0
    for (i, label) in fixture.labels.enumerated() {
      guard fixture.labels.count(where: { $0 == label }) > 1 else { continue }
      var best: Int?
      for j in fixture.labels.indices where j != i {
        if best.map({ fixture.table[i][j] > fixture.table[i][$0] }) ?? true { best = j }
      }
      trials += 1
      if let best, fixture.labels[best] == label { hits += 1 }
    }
    for threads in [1, 3] {
      let result = IdentificationResult(of: fixture.searches(threads: threads))
      #expect(result.rankOne.trials == trials)
      #expect(result.rankOne.count == hits)
      #expect(result.rankOneBounds == .proportion(hits, of: trials))
    }
  }

  @Test(
    "FNIR and FPIR of the open set are those of a loop over the enrolled samples",
    arguments: [nil, 20] as [Float?]
  )
  func openSet(steps: Float?) throws {
    let fixture = try PairwiseFixture(
      seed: 2,
      subjects: 301,
      most: 5,
      separation: 0.6,
      steps: steps
    )
    let searches = fixture.searches()
    let enrolled = searches.enrolled
    #expect(enrolled.count == 151)
    #expect(Set(enrolled.map { fixture.labels[$0] }).count == 151)
    for sample in enrolled {
      #expect(fixture.labels.firstIndex(of: fixture.labels[sample]) == sample)
    }
    var mated: [Float] = []
    var nonMated: [Float] = []
    for i in fixture.labels.indices where !enrolled.contains(i) {
      if let mate = enrolled.first(where: { fixture.labels[$0] == fixture.labels[i] }) {
        mated.append(fixture.table[i][mate])
      } else {
        nonMated.append(try #require(enrolled.map { fixture.table[i][$0] }.max()))
      }
    }
    let result = IdentificationResult(of: searches)
    #expect(result.enrolled == 151)
    #expect(result.mated == mated.count)
    #expect(result.nonMated == nonMated.count)
    let threshold = try #require(
      (mated + nonMated).sorted().first { threshold in
        100 * nonMated.count { $0 >= threshold } <= nonMated.count
      }
    )
    let missed = mated.count { $0 < threshold }
    #expect(result.thresholds.fmr100 == Double(threshold))
    #expect(result.falseNegative.fmr100 == Double(missed) / Double(mated.count))
    #expect(result.bounds.fmr100 == .proportion(missed, of: mated.count))
    #expect(result.falseNegative.fmr1000 == nil)
    #expect(result.falseNegative.eer == nil && result.falseNegative.zeroFmr == nil)
  }

  @Test("a limit draws probes, and leaves the enrolled as they are")
  func limit() throws {
    let fixture = try PairwiseFixture(seed: 3, subjects: 80, most: 4, separation: 1, steps: nil)
    let all = fixture.searches()
    let some = fixture.searches(limit: 50)
    #expect(some.enrolled == all.enrolled)
    let result = IdentificationResult(of: some)
    #expect(result.mated + result.nonMated <= 50 && result.rankOne.trials <= 50)
    #expect(result.rankOne.trials > 10 && result.mated > 5 && result.nonMated > 5)
    #expect(result == IdentificationResult(of: fixture.searches(limit: 50, threads: 1)))
    #expect(fixture.searches(seed: 2).enrolled != all.enrolled)
  }

  @Test("the bootstrap's bounds hold the rates, and depend on the seed alone")
  func bootstrap() throws {
    let fixture = try PairwiseFixture(seed: 4, subjects: 200, most: 4, separation: 0.6, steps: nil)
    let bootstrap = SubjectBootstrap(replicates: 50, seed: 5)
    let result = IdentificationResult(of: fixture.searches(), bootstrap: bootstrap)
    let interval = try #require(result.rankOneBounds)
    let rate = try #require(result.rankOne.value)
    #expect(interval.lower < rate && rate < interval.upper)
    let other = try #require(result.bounds.fmr100)
    let missed = try #require(result.falseNegative.fmr100)
    #expect(other.lower <= missed && missed <= other.upper && other.lower < other.upper)
    #expect(result == IdentificationResult(of: fixture.searches(threads: 3), bootstrap: bootstrap))
  }

  @Test("without others there is nothing to find", arguments: [[], ["a"], ["a", "b"]])
  func none(labels: [String]) throws {
    let groups = SampleGroups(labels: try labels.map { try SubjectID($0) })
    let searches = PairwiseSearches(among: groups) { _, others in others.map { _ in 0 } }
    let result = IdentificationResult(of: searches, bootstrap: SubjectBootstrap(replicates: 3))
    #expect(result.rankOne.value == nil && result.rankOneBounds == nil)
    #expect(result.enrolled == (labels.count + 1) / 2)
    #expect(result.falseNegative == PerMetric())
  }
}

extension PairwiseFixture {
  func searches(limit: Int? = nil, seed: UInt64 = 1, threads: Int = 2) -> PairwiseSearches {
    let copy = self
    return PairwiseSearches(
      among: groups,
      limit: limit,
      seed: seed,
      threads: threads,
      compare: copy.compare
    )
  }
}
