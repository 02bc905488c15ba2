extension FingerView {
  /// The view that gives a template back: coordinates at 500 dpi, everything that a template does not
  /// hold left out.
  ///
  /// ```swift
  /// let record = MinutiaeRecord(views: [FingerView(template)])
  /// let bytes = try MinutiaeEncoder(format: .iso2005).encode(record).bytes
  /// ```
  public init(_ template: FingerprintTemplate) {
    self.init(
      position: template.position,
      width: template.width,
      height: template.height,
      minutiae: template.minutiae.map { minutia in
        Minutia(
          kind: minutia.kind,
          x: Int(minutia.x),
          y: Int(minutia.y),
          angle: MinutiaAngle(steps: Int(minutia.angle), per: 256),
          quality: minutia.quality
        )
      }
    )
  }
}
