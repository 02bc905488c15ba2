import BiomatchCore
import Foundation

extension MinutiaeDrawing {
  /// A comparison: the two prints with their pairs numbered and coloured, and the probe laid onto
  /// the reference with what remains between paired minutiae.
  ///
  /// Each panel shows the part of the image where the minutiae are.
  ///
  /// - Complexity: O(*n* log *n*) in the number of minutiae.
  public static func svg(of match: DrawnMatch) -> String {
    MatchPicture(match).svg()
  }
}

/// The layout of one comparison: probe, reference and overlay side by side.
private struct MatchPicture {
  let match: DrawnMatch
  let pairs: [DrawnMatch.Pair]
  let probe: PictureMapping
  let reference: PictureMapping
  let overlay: PictureMapping
  let width: Double
  let bottom: Double

  static let panelWidth = 400.0
  static let panelHeight = 470.0
  static let top = 146.0

  init(_ match: DrawnMatch) {
    self.match = match
    // Numbered from the top of the probe down, so that a number is quickly found.
    pairs = match.pairs
      .filter {
        match.probe.marks.indices.contains($0.probe)
          && match.reference.marks.indices.contains($0.reference)
      }
      .sorted {
        let (a, b) = (match.probe.marks[$0.probe], match.probe.marks[$1.probe])
        return (a.y, a.x, $0.probe) < (b.y, b.x, $1.probe)
      }
    let details = [match.probe.detail, match.reference.detail]
    let scale =
      details.map { PictureMapping.fit($0, width: Self.panelWidth, height: Self.panelHeight) }
      .min() ?? 1
    let height = max(240, (details.map(\.height).max() ?? 0) * scale)
    func panel(_ column: Double) -> PictureBox {
      PictureBox(
        x: PictureStyle.margin + column * (Self.panelWidth + PictureStyle.gap),
        y: Self.top,
        width: Self.panelWidth,
        height: height
      )
    }
    probe = PictureMapping(from: details[0], into: panel(0), scale: scale)
    reference = PictureMapping(from: details[1], into: panel(1), scale: scale)
    let moved = match.motion.map { motion in details[0].corners.map { motion($0) } } ?? []
    overlay = PictureMapping(
      from: PictureBox(around: moved + details[1].corners) ?? details[1],
      into: panel(2)
    )
    width = 2 * PictureStyle.margin + 3 * Self.panelWidth + 2 * PictureStyle.gap
    bottom = Self.top + height
  }

  func svg() -> String {
    let words = MatchWording(match: match, pairs: pairs)
    return SVGWriter.document(
      width: width,
      height: bottom + 100,
      title: words.title,
      description: "\(words.decision). \(words.pairing). \(words.motion)."
    ) { svg in
      header(words, to: &svg)
      panel(match.probe, mapping: probe, role: "probe", to: &svg)
      panel(match.reference, mapping: reference, role: "reference", to: &svg)
      sideBySide(to: &svg)
      overlayPanel(to: &svg)
      legend(words, to: &svg)
    }
  }

  private func header(_ words: MatchWording, to svg: inout SVGWriter) {
    let margin = PictureStyle.margin
    let color = match.isMatch ? PictureStyle.blue : PictureStyle.vermillion
    svg.leaf(
      "rect",
      [
        "x": .number(margin), "y": 26, "width": 118, "height": 34, "rx": 17, "fill": .text(color),
      ]
    )
    svg.words(
      match.isMatch ? "match" : "no match",
      x: margin + 59,
      y: 48.5,
      size: 16,
      bold: true,
      color: PictureStyle.background,
      anchor: "middle"
    )
    svg.words(words.score, x: margin + 134, y: 49, size: 20, bold: true)
    svg.words(words.pairing, x: margin, y: 84, color: PictureStyle.faintInk)
  }

  private func panel(
    _ print: DrawnPrint,
    mapping: PictureMapping,
    role: String,
    to svg: inout SVGWriter
  ) {
    let x = mapping.target.x
    svg.words(
      "\(role): \(PictureWording.heading(print.name, limit: 34))",
      x: x,
      y: Self.top - 26,
      size: 13,
      bold: true
    )
    svg.words(
      PictureWording.caption(of: print),
      x: x,
      y: Self.top - 9,
      size: 11.5,
      color: PictureStyle.faintInk
    )
    svg.frame(mapping.box(mapping.source))
  }

  private func sideBySide(to svg: inout SVGWriter) {
    let pairedProbe = Set(pairs.map(\.probe))
    let pairedReference = Set(pairs.map(\.reference))
    unpaired(match.probe, mapping: probe, except: pairedProbe, role: "probe", to: &svg)
    unpaired(
      match.reference,
      mapping: reference,
      except: pairedReference,
      role: "reference",
      to: &svg
    )
    joins(to: &svg)
    for (number, pair) in pairs.enumerated() {
      let color = PictureStyle.pairs[number % PictureStyle.pairs.count]
      numbered(
        match.probe.marks[pair.probe],
        pair.probe,
        mapping: probe,
        role: "probe",
        number: number + 1,
        color: color,
        to: &svg
      )
      numbered(
        match.reference.marks[pair.reference],
        pair.reference,
        mapping: reference,
        role: "reference",
        number: number + 1,
        color: color,
        to: &svg
      )
    }
  }

  private func joins(to svg: inout SVGWriter) {
    svg.element("g", ["fill": "none", "stroke-width": 1, "opacity": 0.3]) { svg in
      for (number, pair) in pairs.enumerated() {
        let from = match.probe.marks[pair.probe]
        let to = match.reference.marks[pair.reference]
        let start = probe.point(from.x, from.y)
        let end = reference.point(to.x, to.y)
        svg.leaf(
          "path",
          [
            "d":
              "M\(SVGWriter.format(start.x)) \(SVGWriter.format(start.y))L\(SVGWriter.format(end.x)) \(SVGWriter.format(end.y))",
            "stroke": .text(PictureStyle.pairs[number % PictureStyle.pairs.count]),
          ]
        )
      }
    }
  }

  private func unpaired(
    _ print: DrawnPrint,
    mapping: PictureMapping,
    except paired: Set<Int>,
    role: String,
    to svg: inout SVGWriter
  ) {
    for (index, mark) in print.marks.enumerated() where !paired.contains(index) {
      svg.mark(
        mark,
        at: mapping.point(mark.x, mark.y),
        angle: mark.angle,
        style: .init(color: PictureStyle.unmatched, size: 3.2, lineWidth: 1.2),
        tooltip: PictureWording.tooltip(of: mark, index: index, role: role) + ", unpaired"
      )
    }
  }

  private func numbered(
    _ mark: DrawnPrint.Mark,
    _ index: Int,
    mapping: PictureMapping,
    role: String,
    number: Int,
    color: String,
    to svg: inout SVGWriter
  ) {
    let point = mapping.point(mark.x, mark.y)
    svg.mark(
      mark,
      at: point,
      angle: mark.angle,
      style: .init(color: color, size: 3.8, lineWidth: 1.8),
      tooltip: PictureWording.tooltip(of: mark, index: index, role: role) + ", pair \(number)"
    )
    // Beside the tail's far side, so that neither hides the other.
    svg.textElement(
      "text",
      "\(number)",
      [
        "x": .number(point.x - cos(mark.angle) * 12),
        "y": .number(point.y + sin(mark.angle) * 12 + 3.5),
        "font-size": 10, "font-weight": "600", "text-anchor": "middle", "fill": .text(color),
        "stroke": .text(PictureStyle.paper), "stroke-width": 2.5, "stroke-linejoin": "round",
        "paint-order": "stroke",
      ]
    )
  }

  private func overlayPanel(to svg: inout SVGWriter) {
    let x = overlay.target.x
    svg.words("probe laid onto reference", x: x, y: Self.top - 26, size: 13, bold: true)
    guard let motion = match.motion else {
      svg.words(
        "no common pattern found",
        x: x,
        y: Self.top - 9,
        size: 11.5,
        color: PictureStyle.faintInk
      )
      svg.frame(overlay.box(match.reference.detail))
      return
    }
    svg.words(
      "lines show what remains between paired minutiae",
      x: x,
      y: Self.top - 9,
      size: 11.5,
      color: PictureStyle.faintInk
    )
    svg.frame(overlay.box(match.reference.detail))
    movedFrame(motion, to: &svg)
    let matchedProbe = Set(pairs.map(\.probe))
    let matchedReference = Set(pairs.map(\.reference))
    for (index, mark) in match.reference.marks.enumerated() {
      svg.mark(
        mark,
        at: overlay.point(mark.x, mark.y),
        angle: mark.angle,
        style: overlayStyle(PictureStyle.blue, paired: matchedReference.contains(index)),
        tooltip: PictureWording.tooltip(of: mark, index: index, role: "reference")
      )
    }
    for (index, mark) in match.probe.marks.enumerated() {
      svg.mark(
        mark,
        at: landing(of: mark, motion),
        angle: mark.angle + motion.angle,
        style: overlayStyle(PictureStyle.vermillion, paired: matchedProbe.contains(index)),
        tooltip: PictureWording.tooltip(of: mark, index: index, role: "probe")
      )
    }
    residuals(motion, to: &svg)
  }

  private func overlayStyle(_ color: String, paired: Bool) -> SVGWriter.MarkStyle {
    paired
      ? .init(color: color, fill: "none", size: 3.6, lineWidth: 1.5)
      : .init(color: color, fill: "none", opacity: 0.3, size: 2.6, lineWidth: 1)
  }

  private func landing(of mark: DrawnPrint.Mark, _ motion: DrawnMatch.Motion) -> PicturePoint {
    let moved = motion(PicturePoint(x: mark.x, y: mark.y))
    return overlay.point(moved.x, moved.y)
  }

  private func movedFrame(_ motion: DrawnMatch.Motion, to svg: inout SVGWriter) {
    let corners = match.probe.detail.corners.map { corner in
      let moved = motion(corner)
      let point = overlay.point(moved.x, moved.y)
      return "\(SVGWriter.format(point.x)),\(SVGWriter.format(point.y))"
    }
    svg.leaf(
      "polygon",
      [
        "points": .text(corners.joined(separator: " ")), "fill": "none",
        "stroke": .text(PictureStyle.vermillion), "stroke-dasharray": "5 4", "opacity": 0.6,
      ]
    )
  }

  private func residuals(_ motion: DrawnMatch.Motion, to svg: inout SVGWriter) {
    svg.element("g", ["stroke": .text(PictureStyle.ink), "stroke-width": 1.6]) { svg in
      for pair in pairs {
        let start = landing(of: match.probe.marks[pair.probe], motion)
        let target = match.reference.marks[pair.reference]
        let end = overlay.point(target.x, target.y)
        svg.leaf(
          "line",
          [
            "x1": .number(start.x), "y1": .number(start.y), "x2": .number(end.x),
            "y2": .number(end.y),
          ]
        )
      }
    }
  }

  private func legend(_ words: MatchWording, to svg: inout SVGWriter) {
    let margin = PictureStyle.margin
    let first = bottom + 34
    var x = margin + 6
    for (kind, color, label) in [
      (Minutia.Kind.ending, PictureStyle.ink, "ridge ending"),
      (.bifurcation, PictureStyle.ink, "bifurcation"), (.other, PictureStyle.ink, "other kind"),
      (.ending, PictureStyle.unmatched, "unpaired"),
    ] {
      swatch(kind, color, label, x: x, y: first, to: &svg)
      x += 44 + 7 * Double(label.count)
    }
    svg.scaleBar(x: x + 10, y: first, scale: probe.scale)
    let overlayX = overlay.target.x + 6
    swatch(.ending, PictureStyle.vermillion, "probe, laid over", x: overlayX, y: first, to: &svg)
    swatch(.ending, PictureStyle.blue, "reference", x: overlayX + 144, y: first, to: &svg)
    svg.scaleBar(x: overlayX + 240, y: first, scale: overlay.scale)
    svg.words(words.motion, x: margin, y: first + 36, color: PictureStyle.faintInk)
  }

  private func swatch(
    _ kind: Minutia.Kind,
    _ color: String,
    _ label: String,
    x: Double,
    y: Double,
    to svg: inout SVGWriter
  ) {
    svg.mark(
      .init(kind: kind, x: 0, y: 0, angle: 0),
      at: PicturePoint(x: x, y: y),
      angle: 0,
      style: .init(color: color, size: 3.8, lineWidth: 1.6),
      tooltip: label
    )
    svg.words(label, x: x + 18, y: y + 4.5, size: 12.5)
  }
}
