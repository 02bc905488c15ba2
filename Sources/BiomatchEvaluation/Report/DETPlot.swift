import BiomatchCore
import Foundation

/// Detection error trade-off curves as SVG: FNMR over FMR, both logarithmic (ISO/IEC 19795-1).
struct DETPlot {
  /// One curve.
  struct Series {
    var name: String
    var curve: ErrorCurve
    /// Whether the curve stands out; the others are context.
    var isMain: Bool
  }

  var series: [Series]

  private static let width = 720.0
  private static let height = 480.0
  private static let plot = (left: 72.0, top: 20.0, right: 684.0, bottom: 420.0)
  /// Powers of ten at the left and right end of the FMR axis, and at the ends of the FNMR axis.
  private static let decadesX = (low: -5, high: 0)
  private static let decadesY = (low: -3, high: 0)
  private static let ink = "#1b2430"
  private static let faint = "#5a6573"

  var svg: String {
    var svg = SVGWriter()
    let names = series.map(\.name).joined(separator: ", ")
    svg.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": "0 0 \(SVGWriter.format(Self.width)) \(SVGWriter.format(Self.height))",
        "role": "img", "font-family": "system-ui, 'DejaVu Sans', sans-serif",
      ]
    ) { svg in
      svg.textElement("title", "Error trade-off: false non-match rate over false match rate")
      svg.textElement("desc", "Curves of \(names)")
      grid(to: &svg)
      for series in series.filter({ !$0.isMain }) + series.filter(\.isMain) {
        line(series, to: &svg)
      }
      legend(to: &svg)
    }
    return svg.text
  }

  private func grid(to svg: inout SVGWriter) {
    let plot = Self.plot
    for decade in Self.decadesX.low...Self.decadesX.high {
      let x = Self.x(pow(10, Double(decade)))
      rule(x, plot.top, x, plot.bottom, to: &svg)
      label(Self.percent(decade), x: x, y: plot.bottom + 18, anchor: "middle", to: &svg)
    }
    for decade in Self.decadesY.low...Self.decadesY.high {
      let y = Self.y(pow(10, Double(decade)))
      rule(plot.left, y, plot.right, y, to: &svg)
      label(Self.percent(decade), x: plot.left - 8, y: y + 4, anchor: "end", to: &svg)
    }
    label(
      "false match rate",
      x: (plot.left + plot.right) / 2,
      y: plot.bottom + 42,
      anchor: "middle",
      to: &svg
    )
    svg.textElement(
      "text",
      "false non-match rate",
      [
        "transform": "translate(16 \(SVGWriter.format((plot.top + plot.bottom) / 2))) rotate(-90)",
        "font-size": 13, "text-anchor": "middle", "fill": .text(Self.faint),
      ]
    )
  }

  private func rule(
    _ x1: Double,
    _ y1: Double,
    _ x2: Double,
    _ y2: Double,
    to svg: inout SVGWriter
  ) {
    svg.leaf(
      "line",
      [
        "x1": .number(x1), "y1": .number(y1), "x2": .number(x2), "y2": .number(y2),
        "stroke": "#dde1e7",
      ]
    )
  }

  private func label(
    _ text: String,
    x: Double,
    y: Double,
    anchor: String,
    to svg: inout SVGWriter
  ) {
    svg.textElement(
      "text",
      text,
      [
        "x": .number(x), "y": .number(y), "font-size": 13, "text-anchor": .text(anchor),
        "fill": .text(Self.faint),
      ]
    )
  }

  private func line(_ series: Series, to svg: inout SVGWriter) {
    var path = ""
    var last: (x: String, y: String)?
    for point in Self.informative(series.curve.points) {
      let here = (
        x: SVGWriter.format(Self.x(point.falseMatchRate)),
        y: SVGWriter.format(Self.y(point.falseNonMatchRate))
      )
      if let last {
        // A staircase: the FMRs between two points are only kept by the higher threshold.
        if here.y != last.y { path += "V\(here.y)" }
        if here.x != last.x { path += "H\(here.x)" }
      } else {
        path = "M\(here.x) \(here.y)"
      }
      last = here
    }
    svg.element(
      "path",
      [
        "d": .text(path), "fill": "none", "stroke-linejoin": "round",
        "stroke": .text(series.isMain ? "#0072b2" : "#9aa3af"),
        "stroke-width": .number(series.isMain ? 2.6 : 1),
      ]
    ) { svg in
      svg.textElement("title", series.name)
    }
  }

  /// The points between the highest threshold without false non-matches and the lowest without
  /// false matches; beyond, one rate worsens and the other cannot improve.
  private static func informative(_ points: [ErrorCurve.Point]) -> ArraySlice<ErrorCurve.Point> {
    let first = points.lastIndex { $0.falseNonMatchRate == 0 } ?? points.startIndex
    let last = points.firstIndex { $0.falseMatchRate == 0 } ?? points.endIndex - 1
    return first <= last ? points[first...last] : points[...]
  }

  private func legend(to svg: inout SVGWriter) {
    let x = Self.plot.right - 190
    for (row, entry) in [
      ("#0072b2", 2.6, "all lists, one threshold"), ("#9aa3af", 1.0, "each list"),
    ].enumerated() {
      let y = Self.plot.top + 22 + Double(row) * 20
      svg.leaf(
        "line",
        [
          "x1": .number(x), "y1": .number(y), "x2": .number(x + 26), "y2": .number(y),
          "stroke": .text(entry.0), "stroke-width": .number(entry.1),
        ]
      )
      svg.textElement(
        "text",
        entry.2,
        [
          "x": .number(x + 34), "y": .number(y + 4), "font-size": 13, "fill": .text(Self.ink),
        ]
      )
    }
  }

  private static func x(_ rate: Double) -> Double {
    let share =
      (log10(max(rate, 1e-12)) - Double(decadesX.low)) / Double(decadesX.high - decadesX.low)
    return plot.left + min(1, max(0, share)) * (plot.right - plot.left)
  }

  private static func y(_ rate: Double) -> Double {
    let share =
      (log10(max(rate, 1e-12)) - Double(decadesY.low)) / Double(decadesY.high - decadesY.low)
    return plot.bottom - min(1, max(0, share)) * (plot.bottom - plot.top)
  }

  private static func percent(_ decade: Int) -> String {
    ["0.001 %", "0.01 %", "0.1 %", "1 %", "10 %", "100 %"][decade + 5]
  }
}
