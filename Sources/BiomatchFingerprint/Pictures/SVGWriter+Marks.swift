import BiomatchCore
import Foundation

extension SVGWriter {
  /// How a mark is drawn.
  struct MarkStyle {
    var color: String
    var fill = PictureStyle.background
    var opacity = 1.0
    var size = 4.5
    var lineWidth = 1.8
  }

  /// A minutia: a ring for an ending, a square for a bifurcation, a triangle for another kind, each
  /// with a tail in its direction, and its values as a tooltip.
  mutating func mark(
    _ mark: DrawnPrint.Mark,
    at point: PicturePoint,
    angle: Double,
    style: MarkStyle,
    tooltip: String
  ) {
    let size = style.size
    element(
      "g",
      [
        "transform":
          "translate(\(Self.format(point.x)) \(Self.format(point.y))) rotate(\(Self.format(-angle * 180 / .pi)))",
        "fill": .text(style.fill), "stroke": .text(style.color),
        "stroke-width": .number(style.lineWidth), "stroke-linejoin": "round",
        "stroke-linecap": "round", "opacity": .number(style.opacity),
      ]
    ) { svg in
      svg.textElement("title", tooltip)
      svg.leaf("path", ["d": "M\(Self.format(size)) 0H\(Self.format(size * 3))"])
      switch mark.kind {
      case .ending: svg.leaf("circle", ["r": .number(size)])
      case .bifurcation:
        svg.leaf(
          "rect",
          [
            "x": .number(-size * 0.9), "y": .number(-size * 0.9), "width": .number(size * 1.8),
            "height": .number(size * 1.8),
          ]
        )
      case .other:
        svg.leaf(
          "path",
          [
            "d":
              "M\(Self.format(size)) 0L\(Self.format(-size * 0.8)) \(Self.format(-size))V\(Self.format(size))Z"
          ]
        )
      }
    }
  }

  /// The frame of an image.
  mutating func frame(_ box: PictureBox) {
    leaf(
      "rect",
      [
        "x": .number(box.x), "y": .number(box.y), "width": .number(box.width),
        "height": .number(box.height), "fill": .text(PictureStyle.paper),
        "stroke": .text(PictureStyle.frame),
      ]
    )
  }

  /// A line of words.
  mutating func words(
    _ content: String,
    x: Double,
    y: Double,
    size: Double = 13,
    bold: Bool = false,
    color: String = PictureStyle.ink,
    anchor: String = "start"
  ) {
    textElement(
      "text",
      content,
      [
        "x": .number(x), "y": .number(y), "font-size": .number(size),
        "font-weight": bold ? "600" : "400", "fill": .text(color), "text-anchor": .text(anchor),
      ]
    )
  }

  /// A bar of 5, 2 or 1 mm, at most 120 wide, with its length beside it; `x`, `y` is its left end.
  mutating func scaleBar(x: Double, y: Double, scale: Double) {
    let millimetre = PictureStyle.pixelsPerMillimetre * scale
    let length = [5.0, 2].first { $0 * millimetre <= 120 } ?? 1
    leaf(
      "path",
      [
        "d":
          "M\(Self.format(x)) \(Self.format(y - 4))v8m0 -4h\(Self.format(length * millimetre))m0 -4v8",
        "fill": "none", "stroke": .text(PictureStyle.faintInk), "stroke-width": 1.5,
      ]
    )
    words(
      "\(Self.format(length)) mm",
      x: x + length * millimetre + 7,
      y: y + 4,
      size: 11,
      color: PictureStyle.faintInk
    )
  }

  /// A whole document of that size; `title` and `description` serve screen readers.
  static func document(
    width: Double,
    height: Double,
    title: String,
    description: String,
    content: (inout SVGWriter) -> Void
  ) -> String {
    var svg = SVGWriter()
    svg.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": .number(width), "height": .number(height),
        "viewBox": "0 0 \(format(width)) \(format(height))", "role": "img",
        "aria-labelledby": "title desc", "font-family": .text(PictureStyle.fonts),
      ]
    ) { svg in
      svg.textElement("title", title, ["id": "title"])
      svg.textElement("desc", description, ["id": "desc"])
      svg.leaf(
        "rect",
        [
          "width": .number(width), "height": .number(height),
          "fill": .text(PictureStyle.background),
        ]
      )
      content(&svg)
    }
    return svg.text
  }
}
