import BiomatchCore
import BiomatchFingerprint
import BiomatchTestSupport
import Testing

@Suite("What changes a score, and what must not")
struct InvarianceTests {
  private static let upright = FingerprintMatcher()
  private static let any = FingerprintMatcher(parameters: .anyRotation)
  private static let tolerance = FingerprintMatcher.symmetryTolerance

  /// Mated pairs, pairs of two fingers, and prints that no finger leaves.
  private static let pairs: [(FingerprintTemplate, FingerprintTemplate)] = {
    var pairs: [(FingerView, FingerView)] = []
    for seed in UInt64(0)..<(BuildMode.isOptimised ? 240 : 24) {
      let counts = [12, 25, 35, 50, 90, 128]
      let finger = SyntheticFinger(seed: seed, minutiae: counts[Int(seed) % counts.count])
      let other = SyntheticFinger(seed: ~seed, minutiae: 40)
      pairs.append((finger.impression(seed: 1), finger.impression(seed: 2)))
      pairs.append((finger.impression(seed: 3), other.impression(seed: 4)))
    }
    return pairs.compactMap { a, b in
      guard let a = try? FingerprintTemplate(view: a), let b = try? FingerprintTemplate(view: b)
      else { return nil }
      return (a, b)
    }
  }()

  @Test("swapping probe and reference changes a score by at most the stated tolerance")
  func symmetry() throws {
    for (index, (a, b)) in Self.pairs.enumerated() {
      expectSymmetric(a, b, "pair \(index)")
    }
    // Where all minutiae are at one place all partners are equally near, and order decides.
    for kind in AdversarialPrint.allCases where kind != .onePlace {
      for count in AdversarialPrint.counts {
        let view = kind.view(count: count, quality: .mixed, seed: 3)
        let other = kind.view(count: 40, quality: .mixed, seed: 4)
        expectSymmetric(
          try FingerprintTemplate(view: view),
          try FingerprintTemplate(view: other),
          "\(kind), \(count) minutiae"
        )
      }
    }
  }

  private func expectSymmetric(
    _ a: FingerprintTemplate,
    _ b: FingerprintTemplate,
    _ input: String
  ) {
    let there = Self.upright.compare(a, b).score.value
    let back = Self.upright.compare(b, a).score.value
    #expect(abs(there - back) <= Self.tolerance, "\(input): \(there), swapped \(back)")
  }

  @Test("the order of the reference's minutiae changes a score by at most that tolerance")
  func order() throws {
    for (index, (a, b)) in Self.pairs.enumerated() {
      var random = SeededGenerator(seed: UInt64(index))
      let view = FingerView(
        width: b.width,
        height: b.height,
        minutiae: b.minutiae.map { Minutia($0, quality: $0.quality) }.shuffled(using: &random)
      )
      let shuffled = try FingerprintTemplate(view: view)
      let before = Self.upright.compare(a, b).score.value
      let after = Self.upright.compare(a, shuffled).score.value
      #expect(abs(before - after) <= Self.tolerance, "pair \(index): \(before), shuffled \(after)")
    }
  }

  /// Outlines are stored in whole pixels, rounded up, in directions that no shift keeps whole: a
  /// minutia at the end of the overlap may fall in or out.
  @Test(
    "shifting a print changes hardly any score, and none by more than 1 in 50",
    arguments: [(100, -50), (3000, 2000), (-1, 1), (-12_000, 12_000)]
  )
  func translation(x: Int, y: Int) throws {
    try expectSame("shifted by (\(x), \(y))") {
      (Self.upright.compare($0, $1), Self.upright.compare(try $0.shifted(x: x, y: y), $1))
    }
  }

  @Test(
    "turning a print by quarters changes hardly any score, and none by more than 1 in 50 or 5 points",
    arguments: [64, 128, 192, 256]
  )
  func quarters(steps: Int) throws {
    try expectSame("turned by \(steps)/256") {
      (Self.any.compare($0, $1), Self.any.compare(try $0.turned(steps: steps), $1))
    }
  }

  /// The pairs are the same ones throughout; of the scores, at least 98 of 100.
  private func expectSame(
    _ change: String,
    _ compare: (FingerprintTemplate, FingerprintTemplate) throws -> (
      FingerprintComparison, FingerprintComparison
    )
  ) throws {
    var differing = 0
    for (index, (a, b)) in Self.pairs.enumerated() {
      let (before, after) = try compare(a, b)
      let input = "pair \(index), \(change): \(before.score), then \(after.score)"
      let difference = abs(before.score.value - after.score.value)
      #expect(difference <= max(5, before.score.value / 50), "\(input)")
      if difference > 0 { differing += 1 }
      guard before.score.value > 20 else { continue }
      #expect(before.pairs.map(\.probe) == after.pairs.map(\.probe), "\(input)")
      #expect(before.pairs.map(\.reference) == after.pairs.map(\.reference), "\(input)")
    }
    #expect(50 * differing <= Self.pairs.count, "\(differing) of \(Self.pairs.count), \(change)")
  }

  @Test(
    "turning a print by odd eighths, which rounds places, changes a score by at most 1 in 10",
    arguments: [32, 96, 160, 224]
  )
  func eighths(steps: Int) throws {
    for (index, (a, b)) in Self.pairs.enumerated() {
      let before = Self.any.compare(a, b).score.value
      let after = Self.any.compare(try a.turned(steps: steps), b).score.value
      #expect(
        abs(before - after) <= max(15, before / 10),
        "pair \(index), turned by \(steps)/256: \(before), then \(after)"
      )
    }
  }

  @Test("nothing is more like a print than itself, and no score reaches the limit")
  func itself() {
    for (index, (a, b)) in Self.pairs.enumerated() {
      let own = Self.upright.compare(a, a).score.value
      let other = Self.upright.compare(a, b).score.value
      #expect(own < MatcherParameters.scoreLimit && own > other, "pair \(index): \(own), \(other)")
    }
  }

  @Test(
    "prints of 128 minutiae that no finger leaves stay below the limit too",
    arguments: AdversarialPrint.allCases,
    AdversarialPrint.Quality.allCases
  )
  func limit(kind: AdversarialPrint, quality: AdversarialPrint.Quality) throws {
    for seed in UInt64(0)..<4 {
      let view = kind.view(count: 128, quality: quality, seed: seed)
      let template = try FingerprintTemplate(view: view)
      for matcher in [Self.upright, Self.any] {
        let own = matcher.compare(template, template).score.value
        #expect(own < 0.8 * MatcherParameters.scoreLimit, "\(kind), \(quality), seed \(seed)")
      }
    }
  }
}
