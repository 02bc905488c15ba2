import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchFingerprint

@Suite("Comparisons")
struct ComparisonTests {
  private static let matcher = FingerprintMatcher()

  private func mates(_ seed: UInt64) throws -> (FingerprintTemplate, FingerprintTemplate) {
    let finger = SyntheticFinger(seed: seed, minutiae: 20 + Int(seed) * 5)
    return (
      try FingerprintTemplate(view: finger.impression(seed: 1)),
      try FingerprintTemplate(view: finger.impression(seed: 2))
    )
  }

  @Test(
    "prints of fewer than three minutiae score nothing",
    arguments: 0...2,
    [0, 1, 2, 3, 40, 128]
  )
  func few(count: Int, other: Int) throws {
    for kind in AdversarialPrint.allCases {
      let few = try FingerprintTemplate(view: kind.view(count: count, quality: .mixed, seed: 1))
      let more = try FingerprintTemplate(view: kind.view(count: other, quality: .mixed, seed: 1))
      for (a, b) in [(few, more), (more, few)] {
        let comparison = Self.matcher.compare(a, b)
        #expect(comparison.score == SimilarityScore(0), "\(kind), \(count) with \(other)")
        #expect(comparison.pairs.isEmpty)
        #expect(comparison.transform == nil)
      }
    }
  }

  @Test(
    "pairs are one to one, in the probe's order and within the tolerances",
    arguments: 0..<UInt64(20)
  )
  func pairs(seed: UInt64) throws {
    let (a, b) = try mates(seed)
    let comparison = Self.matcher.compare(a, b)
    let pairs = comparison.pairs
    try #require(pairs.count >= 3, "seed \(seed)")
    #expect(pairs.map(\.probe) == Array(Set(pairs.map(\.probe))).sorted(), "seed \(seed)")
    #expect(Set(pairs.map(\.reference)).count == pairs.count, "seed \(seed)")
    let parameters = Self.matcher.parameters
    // The chord 2 sin(a / 2) is the tolerance.
    let angle = 2 * asin(parameters.matchAngle / 2)
    for pair in pairs {
      #expect(a.minutiae.indices.contains(pair.probe), "seed \(seed)")
      #expect(b.minutiae.indices.contains(pair.reference), "seed \(seed)")
      #expect((0..<parameters.matchDistanceLimit).contains(pair.distance), "seed \(seed)")
      #expect((0..<angle).contains(pair.angle), "seed \(seed)")
    }
  }

  @Test(
    "the transform puts minutiae as near to their partners as stated",
    arguments: 0..<UInt64(20)
  )
  func transform(seed: UInt64) throws {
    let (a, b) = try mates(seed)
    let comparison = Self.matcher.compare(a, b)
    let transform = try #require(comparison.transform)
    let length = transform.cosine * transform.cosine + transform.sine * transform.sine
    #expect(abs(length - 1) < 1e-5, "seed \(seed)")
    #expect(abs(transform.angle - atan2(transform.sine, transform.cosine)) < 1e-6, "seed \(seed)")
    for pair in comparison.pairs {
      let (p, q) = (a.minutiae[pair.probe], b.minutiae[pair.reference])
      let place = transform(x: Float(p.x), y: Float(p.y))
      let distance = hypot(place.x - Float(q.x), place.y - Float(q.y))
      #expect(abs(distance - pair.distance) < 0.01, "seed \(seed), pair \(pair)")
      let turned = Float(p.angle) * .pi / 128 + transform.angle
      let difference = abs(remainder(turned - Float(q.angle) * .pi / 128, 2 * .pi))
      #expect(abs(difference - pair.angle) < 2e-3, "seed \(seed), pair \(pair)")
    }
  }

  @Test("a known motion is found", arguments: [(0, 0, 0), (10, -30, 20), (-20, 5, 60), (40, 0, 0)])
  func knownMotion(steps: Int, x: Int, y: Int) throws {
    let (a, _) = try mates(6)
    let moved = try a.turned(steps: steps).shifted(x: x, y: y)
    let comparison = Self.matcher.compare(a, moved)
    let transform = try #require(comparison.transform)
    #expect(abs(transform.angle - Float(steps) * .pi / 128) < 0.01)
    #expect(comparison.pairs.count > a.minutiae.count * 9 / 10)
    let centre = (x: Float(a.width / 2), y: Float(a.height / 2))
    let place = transform(x: centre.x, y: centre.y)
    #expect(abs(place.x - centre.x - Float(x)) < 1 && abs(place.y - centre.y - Float(y)) < 1)
  }

  @Test("without the option a print upside down is not found, with it it is")
  func upsideDown() throws {
    let (a, b) = try mates(5)
    let turned = try a.turned(steps: 128)
    let threshold = FingerprintMatcher.verificationThreshold
    #expect(Self.matcher.compare(a, b).score >= threshold)
    #expect(Self.matcher.compare(turned, b).score < threshold)
    let any = FingerprintMatcher(parameters: .anyRotation)
    #expect(any.compare(turned, b).score >= threshold)
  }

  @Test("score, compare and the comparison of templates agree", arguments: 0..<UInt64(8))
  func sameAnswer(seed: UInt64) throws {
    let (a, b) = try mates(seed)
    let probe = Self.matcher.prepare(a)
    let stored = Self.matcher.describe(b)
    let comparison = try Self.matcher.compare(probe, stored)
    #expect(try Self.matcher.score(probe, stored) == comparison.score)
    #expect(Self.matcher.compare(a, b) == comparison)
    #expect(probe.descriptors == Self.matcher.describe(a))
    #expect(probe.template == a)
    #expect(comparison.score.value == comparison.score.value.rounded())
  }

  @Test("descriptors of other parameters are refused")
  func otherParameters() throws {
    let (a, b) = try mates(1)
    let other = FingerprintMatcher(parameters: .anyRotation)
    let error = FingerprintMatcherError.parametersDiffer(
      expected: Self.matcher.digest,
      found: other.digest
    )
    let own = (probe: Self.matcher.prepare(a), stored: Self.matcher.describe(b))
    let foreign = (probe: other.prepare(a), stored: other.describe(b))
    #expect(throws: error) { try Self.matcher.score(own.probe, foreign.stored) }
    #expect(throws: error) { try Self.matcher.score(foreign.probe, own.stored) }
    #expect(throws: error) { try Self.matcher.compare(own.probe, foreign.stored) }
    #expect(throws: error) { try Self.matcher.compare(foreign.probe, own.stored) }
    #expect(error.rule.contains(other.digest.hex))
  }

  @Test("many tasks at once get the answers of one")
  func concurrent() async throws {
    let (a, _) = try mates(7)
    let probe = Self.matcher.prepare(a)
    let references = try (0..<UInt64(12)).map { Self.matcher.describe(try mates($0).1) }
    let expected = try references.map { try Self.matcher.compare(probe, $0) }
    try await withThrowingTaskGroup(of: [FingerprintComparison].self) { group in
      for _ in 0..<32 {
        group.addTask { try references.map { try Self.matcher.compare(probe, $0) } }
      }
      for try await answers in group { #expect(answers == expected) }
    }
  }

  @Test("descriptors take as many bytes as documented", arguments: [0, 1, 16, 17, 35, 128])
  func size(count: Int) throws {
    let view = AdversarialPrint.spread.view(count: count, quality: .none, seed: 1)
    let descriptors = Self.matcher.describe(try FingerprintTemplate(view: view))
    #expect(descriptors.count == count)
    #expect(descriptors.byteCount == 40 + 784 * ((count + 15) / 16))
    #expect(descriptors.parameters == MatcherParameters.standard.digest)
  }
}
