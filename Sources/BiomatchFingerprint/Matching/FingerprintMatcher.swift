import BiomatchCore

/// Compares fingerprint templates.
///
/// Three stages: all minutiae are compared by bit cylinders and the best pairs kept; the pairs vote
/// for rigid transforms; under the two best, all minutiae are paired anew, and the score asks how
/// surprising the matches are. `docs/fingerprint-matching.md` describes and measures each.
///
/// ```swift
/// let matcher = FingerprintMatcher()
/// let probe = matcher.prepare(probeTemplate)
/// let score = try matcher.score(probe, matcher.describe(referenceTemplate))
/// if score >= FingerprintMatcher.verificationThreshold { ... }
/// ```
///
/// A matcher is immutable and can be shared between threads. Scores are the same bits on every
/// machine and at every SIMD level. Swapping probe and reference changes a score by at most
/// ``symmetryTolerance`` points.
public struct FingerprintMatcher: Sendable {
  /// The score from which on `verify` calls two prints mated: the lowest with a false match rate of
  /// at most 1 in 10,000 among different fingers of the development data, both extractors pooled
  /// (6 false matches in 62,016).
  ///
  /// A constant until calibration to an operator's own population replaces it.
  public static let verificationThreshold = SimilarityScore(54)

  /// By how many points an exhaustive score may change when probe and reference are swapped.
  ///
  /// Both directions do the same arithmetic; rounding may differ in the last bit and turn a tie.
  /// Only prints that no finger leaves, with all minutiae at one place, may differ by more.
  public static let symmetryTolerance: Float = 16

  /// The constants that the matcher works by.
  public let parameters: MatcherParameters
  /// The SIMD level of its kernels.
  public let simd: SIMDLevel
  /// Names the parameters.
  public let digest: ParameterDigest

  private let tables: CylinderTables
  let kernels: ComparisonKernels

  /// A matcher with the given constants.
  ///
  /// - Parameters:
  ///   - parameters: The constants, which ``MatcherParameters/validate()`` accepts;
  ///     ``MatcherParameters/anyRotation`` for prints that may be turned by any angle.
  ///   - simd: The level of the kernels, which must be available on this machine.
  /// - Complexity: Builds tables of some 20 kB; keep the matcher.
  public init(parameters: MatcherParameters = .standard, simd: SIMDLevel = .active) {
    self.init(parameters: parameters, gates: .standard, simd: simd)
  }

  /// A matcher whose screened searches have other gates.
  init(parameters: MatcherParameters = .standard, gates: ScreeningGates, simd: SIMDLevel = .active)
  {
    precondition(parameters.flaw == nil, "the matcher's parameters are out of range")
    self.parameters = parameters
    self.simd = simd
    digest = parameters.digest
    tables = CylinderTables(parameters)
    kernels = ComparisonKernels(parameters, gates: gates, directions: tables, level: simd)
  }

  /// The form in which a print is stored and compared as a reference.
  ///
  /// - Complexity: O(n k) for n minutiae with k neighbours each.
  public func describe(_ template: FingerprintTemplate) -> FingerprintDescriptors {
    FingerprintDescriptors(
      template,
      by: parameters,
      digest: digest,
      tables: tables,
      kernels: kernels
    )
  }

  /// The form in which a print is compared with many references.
  public func prepare(_ template: FingerprintTemplate) -> PreparedProbe {
    let descriptors = describe(template)
    return PreparedProbe(
      template: template,
      descriptors: descriptors,
      points: PreparedPoints(descriptors, kernels: kernels)
    )
  }

  /// How alike two prints are, 0...10,000.
  ///
  /// - Parameter mode: With ``SearchMode/screened``, 0 for prints that a screened search would give
  ///   up; the gates are not symmetric, so that swapped prints may pass where these do not.
  /// - Throws: ``FingerprintMatcherError`` unless both come from matchers with equal ``parameters``.
  /// - Complexity: O(n m) for n and m minutiae.
  public func score(
    _ probe: PreparedProbe,
    _ reference: FingerprintDescriptors,
    mode: SearchMode = .exhaustive
  ) throws(FingerprintMatcherError) -> SimilarityScore {
    try check(probe, reference)
    if mode == .screened, !kernels.passes(probe.points, reference) { return SimilarityScore(0) }
    let formula = SurpriseScore(parameters: parameters)
    var best: Float = 0
    kernels.compare(probe.points, reference) { sums, _ in best = max(best, formula.score(sums)) }
    return SimilarityScore(best)
  }

  /// How alike two prints are, which minutiae match and under which transform.
  ///
  /// - Throws: ``FingerprintMatcherError`` unless both come from matchers with equal ``parameters``.
  /// - Complexity: O(n m) for n and m minutiae.
  public func compare(
    _ probe: PreparedProbe,
    _ reference: FingerprintDescriptors
  ) throws(FingerprintMatcherError) -> FingerprintComparison {
    try check(probe, reference)
    return explain(probe, reference)
  }

  /// How alike two templates are, which minutiae match and under which transform.
  public func compare(
    _ probe: FingerprintTemplate,
    _ reference: FingerprintTemplate
  ) -> FingerprintComparison {
    explain(prepare(probe), describe(reference))
  }

  private func explain(
    _ probe: PreparedProbe,
    _ reference: FingerprintDescriptors
  ) -> FingerprintComparison {
    let formula = SurpriseScore(parameters: parameters)
    var best = FingerprintComparison(score: SimilarityScore(0), pairs: [], transform: nil)
    kernels.compare(probe.points, reference) { sums, details in
      let score = SimilarityScore(formula.score(sums))
      guard score > best.score else { return }
      best = FingerprintComparison(
        score: score,
        pairs: details.residuals.map { pair(of: $0, probe.descriptors, reference) }
          .sorted { $0.probe < $1.probe },
        transform: RigidTransform(details)
      )
    }
    return best
  }

  private func pair(
    of residual: MatchResidual,
    _ probe: FingerprintDescriptors,
    _ reference: FingerprintDescriptors
  ) -> MinutiaPair {
    // The chord of an angle a is 2 sin(a / 2); the arctangent avoids an inverse sine.
    let square = Double(residual.chord * parameters.matchAngle * parameters.matchAngle)
    let half = max(0, square / 4).squareRoot()
    let angle = 2 * ReproducibleMath.arctangent(y: half, x: max(0, 1 - half * half).squareRoot())
    return MinutiaPair(
      probe: probe.order[residual.probe],
      reference: reference.order[residual.reference],
      distance: residual.distance,
      angle: Float(angle)
    )
  }

  private func check(
    _ probe: PreparedProbe,
    _ reference: FingerprintDescriptors
  ) throws(FingerprintMatcherError) {
    guard probe.descriptors.parameters == digest else {
      throw .parametersDiffer(expected: digest, found: probe.descriptors.parameters)
    }
    guard reference.parameters == digest else {
      throw .parametersDiffer(expected: digest, found: reference.parameters)
    }
  }
}
