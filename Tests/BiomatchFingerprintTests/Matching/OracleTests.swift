import BiomatchCore
import BiomatchEvaluation
import BiomatchTestSupport
import Testing

@testable import BiomatchFingerprint

@Suite("Agreement with a naive matcher in double precision")
struct OracleTests {
  /// Comparisons of every kind: the same finger under easy and hard conditions, other fingers, few
  /// and many minutiae, with and without quality.
  private static func samples(_ count: UInt64) -> [(FingerprintTemplate, FingerprintTemplate)] {
    (0..<count).compactMap { seed in
      var random = SeededGenerator(seed: seed)
      let count = [8, 16, 25, 35, 35, 50, 50, 80, 128][Int(seed % 9)]
      let finger = SyntheticFinger(seed: seed, minutiae: count)
      let isMated = seed % 4 != 3
      let other = isMated ? finger : SyntheticFinger(seed: ~seed, minutiae: count)
      var conditions = SyntheticFinger.Conditions()
      conditions.quality = seed % 5 != 0
      conditions.turn = seed % 7 == 0 ? -60...60 : -16...16
      conditions.jitter = [0, 2, 4, 7][Int.random(in: 0..<4, using: &random)]
      conditions.shown = Double.random(in: 0.5...1, using: &random)
      conditions.spurious = Int.random(in: 0...8, using: &random)
      let a = try? FingerprintTemplate(view: finger.impression(seed: 1, conditions))
      let b = try? FingerprintTemplate(view: other.impression(seed: 2, conditions))
      guard let a, let b else { return nil }
      return (a, b)
    }
  }

  /// Prints are read by rounding, so a comparison of floats turns here and there: 1 of 600.
  @Test(
    "scores agree within 2 points for 99 % of comparisons",
    arguments: [MatcherParameters.standard, .anyRotation]
  )
  func scores(parameters: MatcherParameters) {
    expectAgreement(Self.samples(BuildMode.isOptimised ? 600 : 60), parameters)
  }

  @Test(
    "scores of real prints agree within 2 points for 99 % of comparisons",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"),
    .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)")
  )
  func realPrints() throws {
    let prints = try DevelopmentPrints.loaded.get()
    var random = SeededGenerator(seed: 5)
    var samples: [(FingerprintTemplate, FingerprintTemplate)] = []
    for list in prints.lists.values.flatMap({ $0 }) {
      let genuine = list.list.pairs.filter(\.isGenuine).shuffled(using: &random).prefix(20)
      let impostor = list.list.pairs.filter { !$0.isGenuine }.shuffled(using: &random).prefix(20)
      samples += (genuine + impostor).compactMap { pair in
        guard let a = prints.templates[pair.a], let b = prints.templates[pair.b] else {
          return nil
        }
        return (a, b)
      }
    }
    expectAgreement(samples, .standard)
  }

  private func expectAgreement(
    _ samples: [(FingerprintTemplate, FingerprintTemplate)],
    _ parameters: MatcherParameters
  ) {
    let matcher = FingerprintMatcher(parameters: parameters)
    let oracle = OracleMatcher(parameters: parameters)
    var mated = 0
    var differing: [String] = []
    var differentPairs = 0
    for (index, (a, b)) in samples.enumerated() {
      let found = matcher.compare(a, b)
      let expected = oracle.compare(oracle.print(a), oracle.print(b))
      if expected.score > 100 { mated += 1 }
      if abs(Double(found.score.value) - expected.score) > 2 {
        differing.append("sample \(index): \(found.score), oracle \(expected.score)")
      }
      let pairs = found.pairs.map { [$0.probe, $0.reference] }
      if found.score.value > 2, pairs != expected.pairs.map({ [$0.probe, $0.reference] }) {
        differentPairs += 1
      }
    }
    #expect(mated > samples.count / 3, "too few mated samples to tell anything")
    #expect(100 * differing.count <= samples.count, "\(differing.joined(separator: "; "))")
    #expect(50 * differentPairs <= samples.count, "\(differentPairs) of \(samples.count)")
  }

  @Test("cylinders agree in 99.9 % of their bits")
  func cylinders() {
    let matcher = FingerprintMatcher()
    let oracle = OracleMatcher()
    var bits = 0
    var differing = 0
    var set = 0
    for (index, (a, _)) in Self.samples(BuildMode.isOptimised ? 200 : 30).enumerated() {
      let found = matcher.describe(a).cylinders
      let expected = oracle.print(a).cylinders
      #expect(found.count == expected.count, "sample \(index)")
      for (f, e) in zip(found, expected) {
        bits += 312
        set += e.count
        differing += f.symmetricDifference(e).count
      }
    }
    #expect(set > bits / 20 && set < bits * 3 / 4, "\(set) of \(bits) bits are set")
    #expect(1000 * differing <= bits, "\(differing) of \(bits) bits differ")
  }
}

extension FingerprintDescriptors {
  /// The set bits of each minutia's cylinder, in the template's order, read from
  /// the packed bytes by their documented layout.
  fileprivate var cylinders: [Set<Int>] {
    order.indices.sorted { order[$0] < order[$1] }.map { i in
      var bits: Set<Int> = []
      for bit in 0..<312 {
        let word = 40 + i / 16 * 640 + bit / 32 * 64 + i % 16 * 4
        if packed[word + bit % 32 / 8] >> (bit % 8) & 1 == 1 { bits.insert(bit) }
      }
      return bits
    }
  }
}
