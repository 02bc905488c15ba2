import BiomatchFingerprint
import BiomatchTestSupport
import Testing

@Suite("Scores of fixed prints")
struct GoldenScoreTests {
  /// A change of any score is a change of the matcher: it needs new parameters' digests, thresholds
  /// and measured figures.
  @Test("are those of Tests/Golden")
  func golden() throws {
    let upright = FingerprintMatcher()
    let any = FingerprintMatcher(parameters: .anyRotation)
    var lines = ["probe,reference,score,pairs,any rotation"]
    func add(_ name: (String, String), _ a: FingerView, _ b: FingerView) throws {
      let (a, b) = (try FingerprintTemplate(view: a), try FingerprintTemplate(view: b))
      let comparison = upright.compare(a, b)
      lines.append(
        "\(name.0),\(name.1),\(comparison.score),\(comparison.pairs.count),"
          + "\(any.compare(a, b).score)"
      )
    }
    for seed in UInt64(1)...12 {
      let finger = SyntheticFinger(seed: seed, minutiae: 10 + 8 * Int(seed))
      let other = SyntheticFinger(seed: seed + 100, minutiae: 40)
      var turned = SyntheticFinger.Conditions()
      turned.turn = -128...127
      turned.quality = false
      let probe = finger.impression(seed: 1)
      let name = "finger \(seed) impression 1"
      try add((name, "itself"), probe, probe)
      try add((name, "impression 2"), probe, finger.impression(seed: 2))
      try add((name, "turned impression"), probe, finger.impression(seed: 3, turned))
      try add((name, "finger \(seed + 100)"), probe, other.impression(seed: 4))
    }
    for kind in AdversarialPrint.allCases {
      let view = kind.view(count: 60, quality: .mixed, seed: 1)
      try add(("\(kind)", "itself"), view, view)
      try add(("\(kind)", "another"), view, kind.view(count: 33, quality: .mixed, seed: 2))
    }
    let difference = try Golden.difference(
      lines.joined(separator: "\n") + "\n",
      "matching/scores.csv"
    )
    #expect(difference == nil)
  }
}
