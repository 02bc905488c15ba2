import BiomatchCore

/// The words of the pictures.
enum PictureWording {
  /// The name, cut in the middle when it would not fit a heading.
  static func heading(_ name: String, limit: Int = 44) -> String {
    guard name.count > limit else { return name }
    let half = (limit - 1) / 2
    return "\(name.prefix(half))…\(name.suffix(half))"
  }

  /// Finger, number of minutiae and quality in one line.
  static func caption(of print: DrawnPrint) -> String {
    var parts = [print.position.title, count(print.marks.count, "minutia", "minutiae")]
    parts.append(print.quality.map { "quality \($0)" } ?? "quality not reported")
    return parts.joined(separator: ", ")
  }

  /// The values of one minutia, counted from one, for a tooltip.
  static func tooltip(
    of mark: DrawnPrint.Mark,
    index: Int,
    role: String? = nil
  ) -> String {
    let degrees = mark.angle * 180 / .pi
    let quality = mark.quality.map { "quality \($0)" } ?? "quality not reported"
    return (role.map { "\($0) " } ?? "")
      + "minutia \(index + 1): \(name(of: mark.kind)), x \(SVGWriter.format(mark.x)), "
      + "y \(SVGWriter.format(mark.y)), \(SVGWriter.format(degrees))°, \(quality)"
  }

  static func name(of kind: Minutia.Kind) -> String {
    switch kind {
    case .ending: "ridge ending"
    case .bifurcation: "bifurcation"
    case .other: "other kind"
    }
  }

  static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }

  /// A number with one decimal.
  static func short(_ value: Double) -> String {
    SVGWriter.format((value * 10).rounded() / 10)
  }
}
