import BiomatchCore
import BiomatchFingerprint
import Testing

@Suite("Pattern classes")
struct PatternClassTests {
  private static let count = 20_000

  /// Classes of fingers that have hardly any minutiae, to be quick.
  private static func classes(
    _ positions: [FingerPosition],
    of count: Int = count
  ) -> [PatternClass: Double] {
    var parameters = SyntheticFingerParameters.standard
    parameters.meanMinutiae = 1
    parameters.positions = positions
    let fingers = SyntheticFingers(seed: 3, parameters: parameters)
    var shares: [PatternClass: Double] = [:]
    for index in 0..<count { shares[fingers.finger(index).pattern, default: 0] += 1 }
    return shares.mapValues { $0 / Double(count) }
  }

  /// The shares in the files of the FBI, as Wilson, Candela and Watson give them; the proportions of
  /// the model come from other hands: rare classes agree within a sixth of their share, the others
  /// within a tenth. The deviation of the sample is 2.6 % of the share of the rarest class.
  @Test("over all fingers the classes are as frequent as in large files")
  func proportions() {
    let shares = Self.classes(SyntheticFingerParameters.standard.positions, of: 50_000)
    let expected: [(PatternClass, Double)] = [
      (.arch, 0.037), (.tentedArch, 0.029), (.leftLoop, 0.338), (.rightLoop, 0.317),
      (.whorl, 0.279),
    ]
    for (pattern, share) in expected {
      let found = shares[pattern] ?? 0
      let bound = share < 0.1 ? share / 6 : share / 10
      #expect(abs(found - share) < bound, "\(pattern): \(found), \(share) expected")
    }
  }

  /// 2.9 of 6.6 % in the files of the FBI; the bound is four standard deviations of the sample.
  @Test(
    "of all arches as many are tented as in large files",
    arguments: [
      FingerPosition.rightIndex, .leftIndex,
    ]
  )
  func tentedArches(_ position: FingerPosition) {
    let shares = Self.classes([position])
    let (plain, tented) = (shares[.arch] ?? 0, shares[.tentedArch] ?? 0)
    #expect(abs(tented / (plain + tented) - 2.9 / 6.6) < 0.035, "\(shares)")
  }

  /// Galton's table; the bound is four standard deviations of the sample.
  @Test(
    "each finger has its own proportions",
    arguments: [
      (FingerPosition.rightThumb, 0.03, 0.44), (.rightIndex, 0.17, 0.30), (.leftLittle, 0.02, 0.08),
    ]
  )
  func position(_ position: FingerPosition, arches: Double, whorls: Double) {
    let shares = Self.classes([position])
    let found = (shares[.arch] ?? 0) + (shares[.tentedArch] ?? 0)
    #expect(abs(found - arches) < 0.015, "arches: \(found)")
    #expect(abs((shares[.whorl] ?? 0) - whorls) < 0.015, "whorls: \(shares)")
  }

  @Test("loops open toward the little finger, on both hands")
  func loops() {
    let right = Self.classes([.rightMiddle])
    let left = Self.classes([.leftMiddle])
    #expect((right[.rightLoop] ?? 0) > 20 * (right[.leftLoop] ?? 0))
    #expect((left[.leftLoop] ?? 0) > 20 * (left[.rightLoop] ?? 0))
  }

  @Test("a finger of unknown position is any finger")
  func unknown() {
    let shares = Self.classes([.unknown])
    #expect(abs((shares[.whorl] ?? 0) - 0.26) < 0.015, "\(shares)")
  }
}
