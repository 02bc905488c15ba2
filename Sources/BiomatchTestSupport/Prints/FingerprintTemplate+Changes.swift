import Foundation
import BiomatchFingerprint

extension FingerprintTemplate {
  /// The template with its minutiae replaced by what `change` makes of each.
  public func mapMinutiae(
    _ change: (TemplateMinutia) -> Minutia
  ) throws(FingerprintTemplateError) -> FingerprintTemplate {
    try FingerprintTemplate(
      view: FingerView(
        position: position,
        width: width,
        height: height,
        minutiae: minutiae.map(change)
      )
    )
  }

  /// The template as if the extractor had reported no quality.
  public func withoutQuality() throws(FingerprintTemplateError) -> FingerprintTemplate {
    try mapMinutiae { Minutia($0, quality: nil) }
  }

  /// The print shifted by whole pixels.
  public func shifted(x: Int, y: Int) throws(FingerprintTemplateError) -> FingerprintTemplate {
    try mapMinutiae {
      var minutia = Minutia($0, quality: $0.quality)
      minutia.x += x
      minutia.y += y
      return minutia
    }
  }

  /// The print turned about the image's centre by `steps`/256 turn, counterclockwise as seen;
  /// places are rounded to whole pixels.
  public func turned(steps: Int) throws(FingerprintTemplateError) -> FingerprintTemplate {
    // The centre of an image of even size lies between pixels: half pixels would be rounded.
    let centreX = width / 2
    let centreY = height / 2
    let angle = Double(steps) * Double.pi / 128
    // At whole quarters the turn is exact.
    let quarter = steps % 64 == 0 ? ((steps / 64) % 4 + 4) % 4 : nil
    let cosine = quarter.map { [1, 0, -1, 0][$0] } ?? cos(angle)
    let sine = quarter.map { [0, 1, 0, -1][$0] } ?? sin(angle)
    return try mapMinutiae {
      var minutia = Minutia($0, quality: $0.quality)
      let dx = Double(minutia.x - centreX)
      let dy = Double(minutia.y - centreY)
      minutia.x = centreX + Int((cosine * dx + sine * dy).rounded())
      minutia.y = centreY + Int((cosine * dy - sine * dx).rounded())
      minutia.angle = MinutiaAngle(steps: Int($0.angle) + steps, per: 256)
      return minutia
    }
  }
}

extension Minutia {
  /// A template's minutia as a record at 500 dpi states it.
  public init(_ minutia: TemplateMinutia, quality: UInt8?) {
    self.init(
      kind: minutia.kind,
      x: Int(minutia.x),
      y: Int(minutia.y),
      angle: MinutiaAngle(steps: Int(minutia.angle), per: 256),
      quality: quality
    )
  }
}
