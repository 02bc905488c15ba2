import BiomatchEvaluation
import BiomatchFingerprint
import BiomatchTestSupport
import Testing

/// Error rates on real prints. The bounds are what the matcher promises, not what it reaches;
/// `docs/fingerprint-matching.md` has the measured values.
@Suite("Real prints", .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct DevelopmentDataTests {
  @Test("every template that the manifest names loads, strictly")
  func load() throws {
    let prints = try DevelopmentPrints.loaded.get()
    let paths = try DevelopmentPrints.paths()
    #expect(paths.count == 1_431)
    #expect(Set(prints.templates.keys) == Set(paths))
    for extractor in DevelopmentPrints.extractors {
      #expect(prints.lists[extractor]?.count == 8, "\(extractor)")
    }
  }

  @Test(
    "error rates with the quality of minutiae",
    .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)")
  )
  func standard() async throws {
    let rates = try await ExtractorRates.standard.value
    rates.expectMean(.eer, below: 0.030, each: 1.3)
    rates.expectMean(.fmr100, below: 0.037, each: 1.3)
    rates.expectMean(.fmr1000, below: 0.052, each: 1.3)
    rates.expectPooled(.fmr1000, below: 0.056, each: 1.3)
    rates.expectPooled(.fmr10000, below: 0.086, each: 1.3)
    rates.expectPooled(.zeroFMR, below: 0.094, each: 1.3)
  }

  @Test(
    "error rates without the quality of minutiae",
    .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)")
  )
  func withoutQuality() async throws {
    let rates = try await ExtractorRates(
      by: FingerprintMatcher(),
      probes: { try $0.withoutQuality() },
      references: { try $0.withoutQuality() }
    )
    rates.expectMean(.fmr1000, below: 0.060)
    rates.expectPooled(.fmr10000, below: 0.125)
  }

  @Test(
    "probes turned by any angle are found as well as upright ones, with the option",
    .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)")
  )
  func anyRotation() async throws {
    let matcher = FingerprintMatcher(parameters: .anyRotation)
    let upright = try await ExtractorRates(by: matcher)
    for degrees in [45, 90, 135, 180] {
      let turned = try await ExtractorRates(
        by: matcher,
        probes: { try $0.turned(steps: degrees * 256 / 360) }
      )
      for (extractor, result) in turned.results {
        let rate = try #require(result.pooled.rates.fmr1000)
        let expected = try #require(upright.results[extractor]?.pooled.rates.fmr1000)
        #expect(
          abs(rate - expected) <= 0.01,
          "\(extractor), turned by \(degrees) degrees: pooled FNMR \(rate), upright \(expected)"
        )
      }
    }
  }

  @Test(
    "a screened search loses little against an exhaustive one",
    .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)")
  )
  func screened() async throws {
    let exhaustive = try await ExtractorRates.standard.value
    let screened = try await ExtractorRates(by: FingerprintMatcher(), mode: .screened)
    for metric in [ErrorMetric.fmr1000, .fmr10000, .zeroFMR] {
      let loss = try screened.average(pooled: metric) - exhaustive.average(pooled: metric)
      #expect(loss <= 0.002, "pooled \(metric) grows by \(loss)")
    }
    let loss = try screened.average(mean: .eer) - exhaustive.average(mean: .eer)
    #expect(loss <= 0.005, "mean EER grows by \(loss)")
    // The gates must do something.
    let curve = ErrorCurve(of: ScoreSet.pooled(screened.sets.values.flatMap { $0 })).points
    let lowest = try #require(curve.first { $0.threshold ?? 0 > 0 })
    #expect(lowest.falseMatchRate < 0.1)
  }

  @Test(
    "the default threshold is the lowest score with a false match rate of 1 in 10,000",
    .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)")
  )
  func threshold() async throws {
    let sets = try await ExtractorRates.standard.value.sets.values.flatMap { $0 }
    let curve = ErrorCurve(of: ScoreSet.pooled(sets)).points
    let lowest = try #require(curve.first { $0.falseMatchRate <= 1e-4 }?.threshold)
    #expect(Double(FingerprintMatcher.verificationThreshold.value) == lowest)
  }

  @Test(
    "swapping probe and reference changes scores by at most the tolerance",
    .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)")
  )
  func symmetry() throws {
    let prints = try DevelopmentPrints.loaded.get()
    let matcher = FingerprintMatcher()
    let probes = prints.templates.mapValues { matcher.prepare($0) }
    for lists in prints.lists.values {
      for pair in lists.flatMap(\.list.pairs) {
        guard let a = probes[pair.a], let b = probes[pair.b] else { continue }
        let there = try matcher.score(a, b.descriptors).value
        let back = try matcher.score(b, a.descriptors).value
        #expect(
          abs(there - back) <= FingerprintMatcher.symmetryTolerance,
          "\(pair.a) with \(pair.b): \(there), swapped \(back)"
        )
      }
    }
  }
}

/// The outcome of all lists, by extractor.
private struct ExtractorRates: Sendable {
  static let standard = Task { try await ExtractorRates(by: FingerprintMatcher()) }

  private(set) var sets: [String: [ScoreSet]] = [:]
  private(set) var results: [String: EvaluationResult] = [:]

  init(
    by matcher: FingerprintMatcher,
    mode: SearchMode = .exhaustive,
    probes: @Sendable (FingerprintTemplate) throws -> FingerprintTemplate = { $0 },
    references: @Sendable (FingerprintTemplate) throws -> FingerprintTemplate = { $0 }
  ) async throws {
    let prints = try DevelopmentPrints.loaded.get()
    for extractor in DevelopmentPrints.extractors {
      let scores = try await prints.scores(
        by: matcher,
        mode: mode,
        of: extractor,
        probes: probes,
        references: references
      )
      sets[extractor] = scores
      results[extractor] = EvaluationResult(of: scores)
    }
  }

  /// The mean over extractors.
  func average(mean metric: ErrorMetric) throws -> Double {
    let rates = try results.values.map { try #require($0.mean.rates[metric]) }
    return rates.reduce(0, +) / Double(rates.count)
  }

  func average(pooled metric: ErrorMetric) throws -> Double {
    let rates = try results.values.map { try #require($0.pooled.rates[metric]) }
    return rates.reduce(0, +) / Double(rates.count)
  }

  func expectMean(_ metric: ErrorMetric, below bound: Double, each factor: Double? = nil) {
    expect("mean \(metric)", results.mapValues { $0.mean.rates[metric] }, bound, factor)
  }

  func expectPooled(_ metric: ErrorMetric, below bound: Double, each factor: Double? = nil) {
    expect("pooled \(metric)", results.mapValues { $0.pooled.rates[metric] }, bound, factor)
  }

  private func expect(
    _ name: String,
    _ rates: [String: Double?],
    _ bound: Double,
    _ factor: Double?
  ) {
    let known = rates.compactMapValues { $0 }
    #expect(known.count == DevelopmentPrints.extractors.count, "\(name): \(rates)")
    let average = known.values.reduce(0, +) / Double(max(1, known.count))
    #expect(average <= bound, "\(name) averaged over extractors; each: \(known)")
    guard let factor else { return }
    for (extractor, rate) in known {
      #expect(rate <= factor * bound, "\(name) of \(extractor)")
    }
  }
}
