import BiomatchEvaluation
import BiomatchFingerprint
import BiomatchTestSupport
import Testing

/// Whether the standard population is like the development data, within the tolerances that
/// `docs/synthetic-fingerprints.md` states.
@Suite("Synthetic population")
struct SyntheticPopulationTests {
  @Test("counts and local densities are those of real prints, as recorded")
  func counts() {
    PrintCounts.recorded.expectAlike(PrintCounts(of: SyntheticSample.firstImpressions(600)))
  }

  @Test(
    "the mean number of minutiae is the one asked for",
    arguments: [25.0, 35, 44, 52, 65]
  )
  func mean(_ mean: Double) {
    var parameters = SyntheticFingerParameters.standard
    parameters.meanMinutiae = mean
    let templates = SyntheticSample.firstImpressions(500, parameters)
    let found = PrintCounts(of: templates).mean
    #expect(abs(found / mean - 1) <= 0.05, "\(found) minutiae")
  }

  @Test(
    "error rates are those of real prints, as recorded",
    .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)")
  )
  func recordedRates() throws {
    PrintRates.recorded.expectAlike(try PrintRates(of: SyntheticSample.scores()))
  }

  @Test(
    "what is recorded of real prints is what they give",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)")
  )
  func recordedCounts() throws {
    let found = try Self.mean { PrintCounts(of: $0).values }
    for (found, recorded) in zip(found, PrintCounts.recorded.values) {
      #expect(abs(found - recorded) <= 0.01 * recorded, "\(found), \(recorded) recorded")
    }
  }

  @Test(
    "error rates are those of real prints, measured beside them",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"),
    .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)")
  )
  func rates() async throws {
    let prints = try DevelopmentPrints.loaded.get()
    var rates: [PrintRates] = []
    for extractor in DevelopmentPrints.extractors {
      let sets = try await prints.scores(by: FingerprintMatcher(), of: extractor)
      rates.append(try PrintRates(of: ScoreSet.pooled(sets)))
    }
    PrintRates(meanOf: rates).expectAlike(try PrintRates(of: SyntheticSample.scores()))
  }

  /// The mean over the extractors of some values of their templates.
  private static func mean(_ values: ([FingerprintTemplate]) -> [Double]) throws -> [Double] {
    let prints = try DevelopmentPrints.loaded.get()
    let columns = DevelopmentPrints.extractors.map { extractor in
      values(prints.templates.filter { $0.key.contains("/\(extractor)/") }.map(\.value))
    }
    return zip(columns[0], columns[1]).map { ($0 + $1) / 2 }
  }
}

/// Prints of the standard population.
private enum SyntheticSample {
  static func firstImpressions(
    _ count: Int,
    _ parameters: SyntheticFingerParameters = .standard
  ) -> [FingerprintTemplate] {
    let fingers = SyntheticFingers(seed: 1, parameters: parameters)
    return (0..<count).map { fingers.impression(0, of: fingers.finger($0)) }
  }

  /// All comparisons within each of 800 fingers with eight impressions, and among their first ones.
  static func scores() throws -> ScoreSet {
    let matcher = FingerprintMatcher()
    let fingers = SyntheticFingers(seed: 1)
    var set = ScoreSet(name: "synthetic")
    var firsts: [PreparedProbe] = []
    for index in 0..<800 {
      let finger = fingers.finger(index)
      let probes = (0..<8).map { matcher.prepare(fingers.impression($0, of: finger)) }
      for (number, a) in probes.enumerated() {
        for b in probes[..<number] {
          set.add(Double(try matcher.score(a, b.descriptors).value), isGenuine: true)
        }
      }
      for other in firsts {
        set.add(Double(try matcher.score(probes[0], other.descriptors).value), isGenuine: false)
      }
      firsts.append(probes[0])
    }
    return set
  }
}

/// How many minutiae templates have, and how dense they lie.
private struct PrintCounts {
  var mean: Double
  var deviation: Double
  /// Other minutiae within 45 and 70 pixels of a minutia, mean over the minutiae of a print.
  var within45: Double
  var within70: Double

  /// The mean over both extractors of the development data.
  static let recorded = PrintCounts(mean: 44.0, deviation: 16.27, within45: 4.550, within70: 9.426)

  var values: [Double] { [mean, deviation, within45, within70] }

  func expectAlike(_ found: PrintCounts) {
    #expect(abs(found.mean / mean - 1) <= 0.05, "mean: \(found.mean)")
    #expect(abs(found.deviation / deviation - 1) <= 0.15, "deviation: \(found.deviation)")
    #expect(abs(found.within45 / within45 - 1) <= 0.1, "within 45 px: \(found.within45)")
    #expect(abs(found.within70 / within70 - 1) <= 0.1, "within 70 px: \(found.within70)")
  }
}

extension PrintCounts {
  init(of templates: [FingerprintTemplate]) {
    let prints = templates.filter { !$0.minutiae.isEmpty }
    let count = Double(prints.count)
    let mean = prints.reduce(0) { $0 + Double($1.minutiae.count) } / count
    let variance = prints.reduce(0) { sum, print in
      let difference = Double(print.minutiae.count) - mean
      return sum + difference * difference
    }
    self.init(
      mean: mean,
      deviation: (variance / count).squareRoot(),
      within45: prints.reduce(0) { $0 + Self.neighbours(in: $1, radius: 45) } / count,
      within70: prints.reduce(0) { $0 + Self.neighbours(in: $1, radius: 70) } / count
    )
  }

  private static func neighbours(in template: FingerprintTemplate, radius: Int) -> Double {
    let minutiae = template.minutiae
    var pairs = 0
    for i in minutiae.indices {
      for j in 0..<i {
        let dx = Int(minutiae[i].x) - Int(minutiae[j].x)
        let dy = Int(minutiae[i].y) - Int(minutiae[j].y)
        if dx * dx + dy * dy < radius * radius { pairs += 2 }
      }
    }
    return Double(pairs) / Double(minutiae.count)
  }
}

/// Error rates under one threshold, and false match rates at some thresholds.
private struct PrintRates {
  static let thresholds = [40.0, 45, 50, 55, 60]

  var eer: Double
  var fmr1000: Double
  /// At ``thresholds``.
  var falseMatchRates: [Double]

  /// The mean over both extractors of the development data.
  static let recorded = PrintRates(
    eer: 0.0284,
    fmr1000: 0.0490,
    falseMatchRates: [10.6e-4, 4.35e-4, 1.93e-4, 0.97e-4, 0.32e-4]
  )

  func expectAlike(_ found: PrintRates) {
    #expect(abs(found.eer / eer - 1) <= 0.3, "EER \(found.eer), real \(eer)")
    #expect(abs(found.fmr1000 / fmr1000 - 1) <= 0.3, "FMR1000 \(found.fmr1000), real \(fmr1000)")
    for (index, threshold) in Self.thresholds.enumerated() {
      let (synthetic, real) = (found.falseMatchRates[index], falseMatchRates[index])
      #expect(
        synthetic <= 3 * real && real <= 3 * synthetic,
        "FMR at \(threshold): \(synthetic), real \(real)"
      )
    }
  }
}

extension PrintRates {
  init(of set: ScoreSet) throws {
    let rates = EvaluationResult(of: [set]).pooled.rates
    let points = ErrorCurve(of: set).points
    self.init(
      eer: try #require(rates.eer),
      fmr1000: try #require(rates.fmr1000),
      falseMatchRates: Self.thresholds.map { threshold in
        points.first { ($0.threshold ?? .infinity) >= threshold }?.falseMatchRate ?? 0
      }
    )
  }

  init(meanOf rates: [PrintRates]) {
    let count = Double(rates.count)
    self.init(
      eer: rates.reduce(0) { $0 + $1.eer } / count,
      fmr1000: rates.reduce(0) { $0 + $1.fmr1000 } / count,
      falseMatchRates: Self.thresholds.indices.map { index in
        rates.reduce(0) { $0 + $1.falseMatchRates[index] } / count
      }
    )
  }
}
