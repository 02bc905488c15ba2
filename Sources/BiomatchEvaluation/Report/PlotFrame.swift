import BiomatchCore

/// The rectangle of a plot with its axes, in pixels from the picture's upper left corner.
struct PlotFrame {
  private let width = 760.0
  private let height = 470.0
  private let left = 78.0
  private let right = 30.0
  private let top = 18.0
  private let bottom = 62.0

  /// Where the share `x` of the horizontal axis is.
  func x(_ share: Double) -> Double { left + share * (width - left - right) }

  /// Where the share `y` of the vertical axis, which points upwards, is.
  func y(_ share: Double) -> Double { height - bottom - share * (height - top - bottom) }

  /// A picture of axes with what `content` draws over them; `inside` is cut off at the frame.
  func picture(
    title: String,
    id: String,
    horizontal: (name: String, ticks: [Tick]),
    vertical: (name: String, ticks: [Tick]),
    inside: (inout SVGWriter) -> Void,
    over: (inout SVGWriter) -> Void = { _ in }
  ) -> String {
    var svg = SVGWriter()
    svg.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 760 470", "role": "img",
        "aria-label": .text(title),
      ]
    ) { svg in
      for tick in horizontal.ticks { drawHorizontal(tick, to: &svg) }
      for tick in vertical.ticks { drawVertical(tick, to: &svg) }
      drawNames(horizontal: horizontal.name, vertical: vertical.name, to: &svg)
      svg.element("clipPath", ["id": .text(id)]) { rectangle(style: "", to: &$0) }
      rectangle(style: "frame", to: &svg)
      svg.element("g", ["clip-path": "url(#\(id))"], content: inside)
      over(&svg)
    }
    return svg.text
  }

  /// A vertical line over the whole plot.
  func verticalLine(atShare share: Double, style: String, to svg: inout SVGWriter) {
    let x = x(share)
    svg.leaf(
      "line",
      [
        "class": .text(style), "x1": .number(x), "x2": .number(x), "y1": .number(y(0)),
        "y2": .number(y(1)),
      ]
    )
  }

  private func drawHorizontal(_ tick: Tick, to svg: inout SVGWriter) {
    verticalLine(atShare: tick.share, style: tick.label.isEmpty ? "minor" : "grid", to: &svg)
    guard !tick.label.isEmpty else { return }
    svg.textElement(
      "text",
      tick.label,
      ["x": .number(x(tick.share)), "y": .number(y(0) + 20), "text-anchor": "middle"]
    )
  }

  private func drawVertical(_ tick: Tick, to svg: inout SVGWriter) {
    let y = y(tick.share)
    svg.leaf(
      "line",
      [
        "class": tick.label.isEmpty ? "minor" : "grid", "x1": .number(x(0)), "x2": .number(x(1)),
        "y1": .number(y), "y2": .number(y),
      ]
    )
    guard !tick.label.isEmpty else { return }
    svg.textElement(
      "text",
      tick.label,
      ["x": .number(left - 10), "y": .number(y), "dy": "0.35em", "text-anchor": "end"]
    )
  }

  private func drawNames(horizontal: String, vertical: String, to svg: inout SVGWriter) {
    svg.textElement(
      "text",
      horizontal,
      [
        "class": "name", "x": .number(x(0.5)), "y": .number(height - 16), "text-anchor": "middle",
      ]
    )
    svg.textElement(
      "text",
      vertical,
      [
        "class": "name", "text-anchor": "middle",
        "transform": "translate(18 \(SVGWriter.format(y(0.5)))) rotate(-90)",
      ]
    )
  }

  private func rectangle(style: String, to svg: inout SVGWriter) {
    svg.leaf(
      "rect",
      [
        "class": .text(style), "x": .number(x(0)), "y": .number(y(1)),
        "width": .number(x(1) - x(0)), "height": .number(y(0) - y(1)),
      ]
    )
  }
}
