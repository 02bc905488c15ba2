import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// Compares prints; the one place of this tool that calls the matcher.
struct Comparer: Sendable {
  /// The score from which on two prints count as one finger.
  let threshold: SimilarityScore
  private let matcher: FingerprintMatcher
  private let mode: SearchMode

  init(
    parameters: MatcherParameters,
    simd: SIMDLevel,
    threshold: SimilarityScore?,
    mode: SearchMode = .exhaustive
  ) {
    self.mode = mode
    self.threshold = threshold ?? FingerprintMatcher.verificationThreshold
    matcher = FingerprintMatcher(parameters: parameters, simd: simd)
  }

  /// What a report says about how scores came about.
  var parameters: [(name: String, value: String)] {
    [("matcher parameters", "\(matcher.digest)"), ("SIMD level", matcher.simd.rawValue)]
  }

  /// Compares two prints and says which minutiae match.
  func compare(_ probe: Print, _ reference: Print) throws -> Comparison {
    let (a, b) = (
      try probe.file.template(of: probe.view), try reference.file.template(of: reference.view)
    )
    return Comparison(
      probe: probe,
      reference: reference,
      probeTemplate: a,
      referenceTemplate: b,
      result: matcher.compare(a, b),
      threshold: threshold
    )
  }

  /// Prepares a print to be compared many times.
  func enrol(_ view: FingerView) throws -> EnrolledPrint {
    let template = try FingerprintTemplate(view: view)
    return EnrolledPrint(template: template, descriptors: matcher.describe(template))
  }

  /// One score a pair; `nil` where a print is missing.
  func scores(
    of pairs: ArraySlice<(a: Int, b: Int)>,
    among prints: [EnrolledPrint?]
  ) throws -> [Double?] {
    // Lists name the same probe many times in a row, and preparing costs as much as comparing.
    var last: (number: Int, probe: PreparedProbe)?
    return try pairs.map { pair in
      guard let a = prints[pair.a], let b = prints[pair.b] else { return nil }
      let probe: PreparedProbe
      if let last, last.number == pair.a {
        probe = last.probe
      } else {
        probe = matcher.prepare(a.template)
        last = (pair.a, probe)
      }
      return Double(try matcher.score(probe, b.descriptors, mode: mode).value)
    }
  }
}

/// A print prepared to be compared many times.
struct EnrolledPrint: Sendable {
  let template: FingerprintTemplate
  let descriptors: FingerprintDescriptors
}

/// A record that decodes and cannot be matched, with the file that the matcher does not know.
struct UnmatchablePrint: BiomatchError {
  let path: String
  let underlying: FingerprintTemplateError

  var code: String { underlying.code }
  var rule: String { underlying.rule }
  var remedy: String { underlying.remedy }
  var category: ErrorCategory { underlying.category }

  var location: ErrorLocation {
    var location = underlying.location
    location.file = path
    return location
  }
}
