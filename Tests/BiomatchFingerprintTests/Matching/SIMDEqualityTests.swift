import BiomatchCore
import BiomatchTestSupport
import Testing

@testable import BiomatchFingerprint

@Suite("Every SIMD level gives the bits of the portable one")
struct SIMDEqualityTests {
  private static let portable = matchers(simd: .portable)
  private static let others = SIMDLevel.available.filter { $0 != .portable }.map(matchers)

  private static func matchers(simd: SIMDLevel) -> [FingerprintMatcher] {
    let parameters: [MatcherParameters] =
      BuildMode.isOptimised ? [.standard, .anyRotation] : [.standard]
    return parameters.map { FingerprintMatcher(parameters: $0, simd: simd) }
  }

  @Test(
    "on prints that no finger leaves",
    arguments: AdversarialPrint.allCases,
    AdversarialPrint.Quality.allCases
  )
  func adversarial(kind: AdversarialPrint, quality: AdversarialPrint.Quality) throws {
    let seed: UInt64 = 7
    let counts = AdversarialPrint.counts
    let prints = try counts.map {
      try FingerprintTemplate(view: kind.view(count: $0, quality: quality, seed: seed))
    }
    let others = try counts.map {
      try FingerprintTemplate(view: kind.view(count: $0, quality: quality, seed: seed + 1))
    }
    for (i, probe) in prints.enumerated() {
      let input = "\(kind), quality \(quality), \(counts[i]) minutiae, seed \(seed)"
      try expectEqual(probe, probe, input + " with itself")
      // Another size each, in both orders.
      let j = (i + 5) % counts.count
      try expectEqual(probe, prints[j], input + " with \(counts[j])")
      try expectEqual(prints[j], probe, input + " as reference of \(counts[j])")
      try expectEqual(probe, others[i], input + " with seed \(seed + 1)")
      if kind == .atTolerance {
        let start = AdversarialPrint.spread.view(count: counts[i], quality: quality, seed: seed)
        try expectEqual(probe, FingerprintTemplate(view: start), input + " with undisturbed")
      }
    }
  }

  @Test("on impressions of invented fingers", arguments: 0..<UInt64(24))
  func impressions(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let finger = SyntheticFinger(seed: seed, minutiae: Int.random(in: 0...200, using: &random))
    let other = SyntheticFinger(seed: ~seed, minutiae: Int.random(in: 0...200, using: &random))
    var any = SyntheticFinger.Conditions()
    any.turn = -128...127
    let probe = try FingerprintTemplate(view: finger.impression(seed: 1))
    let mate = try FingerprintTemplate(view: finger.impression(seed: 2))
    let turned = try FingerprintTemplate(view: finger.impression(seed: 3, any))
    let stranger = try FingerprintTemplate(view: other.impression(seed: 4))
    for reference in [probe, mate, turned, stranger] {
      try expectEqual(probe, reference, "seed \(seed)")
    }
  }

  private func expectEqual(
    _ probe: FingerprintTemplate,
    _ reference: FingerprintTemplate,
    _ input: String
  ) throws {
    for (index, portable) in Self.portable.enumerated() {
      let described = portable.describe(probe)
      let expected = bits(portable.compare(probe, reference))
      for matchers in Self.others {
        let matcher = matchers[index]
        let name = "\(matcher.simd), \(index == 0 ? "upright" : "any rotation"), \(input)"
        #expect(matcher.describe(probe) == described, "descriptors, \(name)")
        let prepared = matcher.prepare(probe)
        let stored = portable.describe(reference)
        let comparison = try matcher.compare(prepared, stored)
        #expect(bits(comparison) == expected, "\(name)")
        #expect(try matcher.score(prepared, stored) == comparison.score, "\(name)")
      }
    }
  }

  /// Everything that a comparison says, as bits.
  private func bits(_ comparison: FingerprintComparison) -> [UInt32] {
    let transform = comparison.transform.map {
      [$0.cosine, $0.sine, $0.translationX, $0.translationY]
    }
    let floats = [comparison.score.value] + (transform ?? [])
    return floats.map(\.bitPattern)
      + comparison.pairs.flatMap {
        [
          UInt32($0.probe), UInt32($0.reference), $0.distance.bitPattern, $0.angle.bitPattern,
        ]
      }
  }
}
