import BiomatchCore

extension DrawnPrint {
  /// The print of a template, whose minutiae a comparison's pairs refer to.
  ///
  /// - Parameter quality: the overall quality, which a template does not hold.
  public init(template: FingerprintTemplate, quality: UInt8? = nil, name: String) {
    self.init(
      name: name,
      position: template.position,
      quality: quality.map(Int.init),
      width: Double(template.width),
      height: Double(template.height),
      marks: template.minutiae.map {
        Mark(
          kind: $0.kind,
          x: Double($0.x),
          y: Double($0.y),
          angle: Double($0.angle) * .pi / 128,
          quality: $0.quality.map(Int.init)
        )
      }
    )
  }
}

extension DrawnMatch {
  /// The match that a comparison of two templates found.
  public init(
    probe: DrawnPrint,
    reference: DrawnPrint,
    comparison: FingerprintComparison,
    threshold: Double
  ) {
    self.init(
      probe: probe,
      reference: reference,
      pairs: comparison.pairs.map {
        Pair(
          probe: $0.probe,
          reference: $0.reference,
          distance: Double($0.distance),
          angle: Double($0.angle)
        )
      },
      motion: comparison.transform.map {
        Motion(
          angle: Double($0.angle),
          x: Double($0.translationX),
          y: Double($0.translationY)
        )
      },
      score: Double(comparison.score.value),
      threshold: threshold
    )
  }
}
