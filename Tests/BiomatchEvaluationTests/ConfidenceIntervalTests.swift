import BiomatchCore
import BiomatchEvaluation
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Confidence intervals")
struct ConfidenceIntervalTests {
  /// Reference values of the score interval: Newcombe, Statistics in Medicine 17(8), 1998,
  /// doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I, method 3.
  @Test(
    "agree with published values of the score interval",
    arguments: [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (1, 29, 0.0061, 0.1718)]
  )
  func published(errors: Int, trials: Int, lower: Double, upper: Double) throws {
    let interval = try #require(ConfidenceInterval.proportion(errors, of: trials))
    #expect(abs(interval.lower - lower) < 5e-5)
    #expect(abs(interval.upper - upper) < 5e-5)
  }

  @Test("follow the rule of three where none or all are errors")
  func ruleOfThree() {
    #expect(
      ConfidenceInterval.proportion(0, of: 300) == ConfidenceInterval(lower: 0, upper: 0.01)
    )
    #expect(
      ConfidenceInterval.proportion(300, of: 300) == ConfidenceInterval(lower: 0.99, upper: 1)
    )
    #expect(ConfidenceInterval.proportion(0, of: 2) == ConfidenceInterval(lower: 0, upper: 1))
    #expect(ConfidenceInterval.proportion(0, of: 0) == nil)
  }
}

@Suite("Bootstrap over subjects")
struct SubjectBootstrapTests {
  /// Scores of `fingers` fingers with 4 impressions each, each finger with a quality of its own.
  private func simulated(_ name: String, fingers: Int, seed: UInt64) -> ScoreSet {
    var random = SeededGenerator(seed: seed)
    let quality = (0..<fingers).map { _ in Double.random(in: 0...6, using: &random) }
    var set = ScoreSet(name: name)
    for a in 0..<fingers {
      for _ in 0..<6 {
        let score = quality[a] + Double.random(in: 0...6, using: &random)
        set.add(score, isGenuine: true, subjects: ("\(name)/\(a)", "\(name)/\(a)"))
      }
      for b in 0..<a {
        let score = Double.random(in: 0...4, using: &random)
        set.add(score, isGenuine: false, subjects: ("\(name)/\(a)", "\(name)/\(b)"))
      }
    }
    return set
  }

  @Test("gives the same interval for the same seed and another for another")
  func determinism() throws {
    let set = simulated("x", fingers: 30, seed: 1)
    let first = try #require(SubjectBootstrap(replicates: 100, seed: 7).bounds(of: set))
    #expect(SubjectBootstrap(replicates: 100, seed: 7).bounds(of: set) == first)
    #expect(SubjectBootstrap(replicates: 100, seed: 8).bounds(of: set) != first)
  }

  @Test("surrounds the estimate and is wider than for independent comparisons", arguments: 0..<5)
  func width(seed: Int) throws {
    let set = simulated("x", fingers: 40, seed: UInt64(seed))
    let rates = ErrorRates(of: set)
    let bounds = try #require(SubjectBootstrap(replicates: 300).bounds(of: set))
    for metric in [ErrorMetric.eer, .fmr100] {
      let rate = try #require(rates.rates[metric])
      let interval = try #require(bounds[metric])
      #expect(interval.lower <= rate && rate <= interval.upper, "seed \(seed), \(metric)")
    }
    let independent = try #require(rates.bounds.fmr100)
    let resampled = try #require(bounds.fmr100)
    #expect(
      resampled.upper - resampled.lower > independent.upper - independent.lower,
      "seed \(seed)"
    )
    #expect(bounds.fmr1000 == nil)
    #expect(bounds.zeroFmr == nil)
  }

  @Test("equals a bootstrap that copies the comparisons of the drawn subjects")
  func oracle() throws {
    let fingers = 12
    var set = ScoreSet(name: "x")
    var comparisons: [(score: Double, isGenuine: Bool, a: Int, b: Int)] = []
    var random = SeededGenerator(seed: 3)
    for a in 0..<fingers {
      for b in 0...a {
        let score = Double(Int.random(in: 0...9, using: &random) + (a == b ? 4 : 0))
        comparisons.append((score, a == b, a, b))
        set.add(score, isGenuine: a == b, subjects: ("\(a)", "\(b)"))
      }
    }
    let replicates = 50
    var draws = SeededGenerator(seed: 11)
    let values = (0..<replicates).map { _ -> Double in
      var weights = Array(repeating: 0, count: fingers)
      for _ in 0..<fingers { weights[Int.random(in: 0..<fingers, using: &draws)] += 1 }
      var copy = ScoreSet(name: "copy")
      for item in comparisons {
        let times = item.a == item.b ? weights[item.a] : weights[item.a] * weights[item.b]
        for _ in 0..<times { copy.add(item.score, isGenuine: item.isGenuine) }
      }
      return ErrorRates(of: copy).rates.eer ?? .nan
    }.sorted()
    let bounds = try #require(SubjectBootstrap(replicates: replicates, seed: 11).bounds(of: set))
    let interval = try #require(bounds.eer)
    // 0.025 * 49 = 1.225 and 0.975 * 49 = 47.775.
    #expect(abs(interval.lower - (values[1] + 0.225 * (values[2] - values[1]))) < 1e-12)
    #expect(abs(interval.upper - (values[47] + 0.775 * (values[48] - values[47]))) < 1e-12)
  }

  @Test("one subject shows nothing about others")
  func oneSubject() {
    var set = ScoreSet(name: "x")
    set.add(3, isGenuine: true, subjects: ("a", "a"))
    set.add(1, isGenuine: false, subjects: ("a", "a"))
    #expect(SubjectBootstrap(replicates: 10).bounds(of: set) == nil)
  }

  @Test("needs the subjects of every comparison")
  func withoutSubjects() {
    let set = ScoreSet(name: "x", genuine: [1], impostor: [0])
    #expect(SubjectBootstrap(replicates: 2).bounds(of: set) == nil)
    let result = EvaluationResult(of: [set], bootstrap: SubjectBootstrap(replicates: 2))
    #expect(result.lists[0].boundsMethod == .wilson)
    #expect(result.mean.boundsMethod == nil)
  }

  @Test("subjects that several sets share are drawn once for all")
  func sharedSubjects() throws {
    let first = simulated("x", fingers: 20, seed: 1)
    let alone = try #require(SubjectBootstrap(replicates: 60).bounds(of: first))
    // The mean of a set with itself varies exactly as the set does.
    #expect(SubjectBootstrap(replicates: 60).bounds(ofMeanOver: [first, first]) == alone)
    let second = simulated("y", fingers: 20, seed: 2)
    let result = EvaluationResult(
      of: [first, second],
      bootstrap: SubjectBootstrap(replicates: 60)
    )
    #expect(result.rows.allSatisfy { $0.boundsMethod == .bootstrap && $0.bounds.eer != nil })
  }
}
