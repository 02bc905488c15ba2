import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// A print as it comes from a file.
struct Print {
  var view: FingerView
  var file: LoadedTemplate
}

/// What comparing two prints gave, in the forms in which it is printed.
struct Comparison {
  var probe: Print
  var reference: Print
  var probeTemplate: FingerprintTemplate
  var referenceTemplate: FingerprintTemplate
  var result: FingerprintComparison
  var threshold: SimilarityScore

  var verdict: Verdict { Verdict(score: result.score, threshold: threshold) }

  /// The picture.
  var svg: String {
    MinutiaeDrawing.svg(
      of: DrawnMatch(
        probe: DrawnPrint(
          template: probeTemplate,
          quality: probe.view.quality,
          name: probe.file.name
        ),
        reference: DrawnPrint(
          template: referenceTemplate,
          quality: reference.view.quality,
          name: reference.file.name
        ),
        comparison: result,
        threshold: Double(threshold.value)
      )
    )
  }

  static let pairFields = [
    "pair", "probe", "probeX", "probeY", "reference", "referenceX", "referenceY", "distance",
    "angle",
  ]

  /// One row for each pair: the numbers of the minutiae in their views, counted from one, their
  /// places at 500 dpi, and what remains between them in pixels and degrees.
  var pairRows: [Row] {
    result.pairs.enumerated().map { index, pair in
      let (a, b) = (probeTemplate.minutiae[pair.probe], referenceTemplate.minutiae[pair.reference])
      return Row([
        "pair": .integer(index + 1),
        "probe": .integer(a.index + 1), "probeX": .integer(Int(a.x)), "probeY": .integer(Int(a.y)),
        "reference": .integer(b.index + 1), "referenceX": .integer(Int(b.x)),
        "referenceY": .integer(Int(b.y)),
        "distance": .real(Self.hundredths(pair.distance)),
        "angle": .real(Self.hundredths(pair.angle * 180 / .pi)),
      ])
    }
  }

  private static func hundredths(_ value: Float) -> Double { (Double(value) * 100).rounded() / 100 }
}
