import BiomatchCore

/// Draws prints and comparisons as SVG.
///
/// The drawings are self-contained, carry a title and a description for screen readers, tell kinds
/// and pairs apart by shape and number as well as by colour, and are the same bytes for the same
/// input.
public enum MinutiaeDrawing {
  /// A print: its frame and its minutiae with direction, kind and quality.
  ///
  /// - Complexity: O(*n*) in the number of minutiae.
  public static func svg(of print: DrawnPrint) -> String {
    let extent = print.extent
    let scale = PictureMapping.fit(extent, width: 620, height: 640)
    let margin = PictureStyle.margin
    let width = max(extent.width * scale, 480) + 2 * margin
    let panel = PictureBox(
      x: margin,
      y: PictureStyle.headerHeight,
      width: width - 2 * margin,
      height: extent.height * scale
    )
    let mapping = PictureMapping(from: extent, into: panel, scale: scale)
    let footer = panel.bottom + 30

    return SVGWriter.document(
      width: width,
      height: footer + 54,
      title: "Minutiae of \(print.name)",
      description: "\(PictureWording.caption(of: print)), drawn with direction, kind and quality."
    ) { svg in
      svg.words(PictureWording.heading(print.name), x: margin, y: 44, size: 20, bold: true)
      svg.words(
        PictureWording.caption(of: print),
        x: margin,
        y: 68,
        color: PictureStyle.faintInk
      )
      svg.frame(mapping.box(print.image))
      for (index, mark) in print.marks.enumerated() {
        svg.mark(
          mark,
          at: mapping.point(mark.x, mark.y),
          angle: mark.angle,
          style: .init(
            color: PictureStyle.color(of: mark.kind),
            opacity: PictureStyle.opacity(quality: mark.quality)
          ),
          tooltip: PictureWording.tooltip(of: mark, index: index)
        )
      }
      kindLegend(of: print, x: margin, y: footer, to: &svg)
      qualityLegend(x: margin, y: footer + 28, to: &svg)
      svg.scaleBar(x: width - margin - 165, y: footer + 28, scale: scale)
    }
  }

  private static func kindLegend(
    of print: DrawnPrint,
    x: Double,
    y: Double,
    to svg: inout SVGWriter
  ) {
    var x = x + 6
    for kind in [Minutia.Kind.ending, .bifurcation, .other] {
      let count = print.marks.count { $0.kind == kind }
      let label = "\(PictureWording.name(of: kind)) (\(count))"
      svg.mark(
        .init(kind: kind, x: 0, y: 0, angle: 0),
        at: PicturePoint(x: x, y: y),
        angle: 0,
        style: .init(color: PictureStyle.color(of: kind)),
        tooltip: label
      )
      svg.words(label, x: x + 20, y: y + 4.5, size: 12.5)
      x += 44 + 7 * Double(label.count)
    }
  }

  private static func qualityLegend(x: Double, y: Double, to svg: inout SVGWriter) {
    svg.words("quality", x: x, y: y + 4.5, size: 12.5, color: PictureStyle.faintInk)
    for (step, quality) in [1, 25, 50, 75, 100].enumerated() {
      let at = PicturePoint(x: x + 66 + Double(step) * 46, y: y)
      svg.mark(
        .init(kind: .ending, x: 0, y: 0, angle: 0),
        at: at,
        angle: 0,
        style: .init(
          color: PictureStyle.color(of: .ending),
          opacity: PictureStyle.opacity(quality: quality),
          size: 4
        ),
        tooltip: "quality \(quality)"
      )
      svg.words("\(quality)", x: at.x + 16, y: y + 4.5, size: 11, color: PictureStyle.faintInk)
    }
  }
}
