import BiomatchCore
import Foundation

/// The detection error trade-off: FNMR over FMR, both on logarithmic axes, a curve a list.
struct DETPlot {
  private let curves: [(name: String, points: [ErrorCurve.Point])]
  private let pooled: (name: String, points: [ErrorCurve.Point])
  private let horizontal: LogAxis
  private let vertical: LogAxis
  private let frame = PlotFrame()

  init(lists: [NamedCurve], pooled: NamedCurve) {
    curves = lists.count == 1 ? [] : lists.map { ($0.name, $0.curve.points) }
    self.pooled = (pooled.name, pooled.curve.points)
    let all = (curves.map(\.points) + [self.pooled.points]).joined()
    horizontal = LogAxis(for: all.lazy.map(\.falseMatchRate))
    vertical = LogAxis(for: all.lazy.map(\.falseNonMatchRate))
  }

  /// The picture.
  var svg: String {
    frame.picture(
      title: "Detection error trade-off: false non-match rate over false match rate",
      id: "det",
      horizontal: ("False match rate (FMR)", horizontal.ticks),
      vertical: ("False non-match rate (FNMR)", vertical.ticks)
    ) { svg in
      svg.leaf("path", ["class": "diagonal", "d": .text(path(diagonal))])
      for (index, curve) in curves.enumerated() {
        let style = SeriesStyle(index: index)
        svg.element("path", style.attributes(path: path(of: curve.points))) {
          $0.textElement("title", curve.name)
        }
      }
      svg.leaf("path", ["class": "curve pooled", "d": .text(path(of: pooled.points))])
    }
  }

  /// The names of the curves beside samples of their lines, as a list.
  var legend: String {
    var html = SVGWriter()
    html.element("ul", ["class": "legend"]) { html in
      for (index, curve) in curves.enumerated() {
        let style = SeriesStyle(index: index)
        Self.item(style.attributes(path: "M1 5H33"), name: curve.name, to: &html)
      }
      Self.item(["class": "curve pooled", "d": "M1 5H33"], name: pooled.name, to: &html)
      Self.item(["class": "diagonal", "d": "M1 5H33"], name: "equal error", to: &html)
    }
    return html.text
  }

  private static func item(
    _ line: SVGWriter.Attributes,
    name: String,
    to html: inout SVGWriter
  ) {
    html.element("li") { html in
      html.element(
        "svg",
        ["viewBox": "0 0 34 10", "width": 34, "height": 10, "aria-hidden": "true"]
      ) {
        $0.leaf("path", line)
      }
      html.textElement("span", name)
    }
  }

  /// Where FMR and FNMR are equal, as far as both axes go.
  private var diagonal: [(Double, Double)] {
    let rates = [pow(10, Double(max(horizontal.lowest, vertical.lowest))), 1]
    return rates.map { (frame.x(horizontal.share($0)), frame.y(vertical.share($0))) }
  }

  private func path(of points: [ErrorCurve.Point]) -> String {
    var places: [(Double, Double)] = []
    // A logarithmic axis has no place for an FMR of zero.
    for point in points where point.falseMatchRate > 0 {
      let place = (
        frame.x(horizontal.share(point.falseMatchRate)),
        frame.y(vertical.share(point.falseNonMatchRate))
      )
      // Of a hundred thousand thresholds only those that move the line are worth their bytes.
      if let last = places.last, abs(last.0 - place.0) + abs(last.1 - place.1) < 0.7 { continue }
      places.append(place)
    }
    return path(places)
  }

  private func path(_ places: [(Double, Double)]) -> String {
    places.enumerated().map { index, place in
      "\(index == 0 ? "M" : "L")\(SVGWriter.format(place.0)) \(SVGWriter.format(place.1))"
    }.joined()
  }
}

/// Colour and dashes of a curve: told apart without colour, and by colour-blind eyes.
struct SeriesStyle {
  let index: Int

  private static let colourCount = 6
  private static let dashes = ["none", "7 3", "2 3", "10 3 2 3"]

  /// The attributes of a line in this style.
  func attributes(path: String) -> SVGWriter.Attributes {
    [
      "class": "curve c\(index % Self.colourCount)",
      "stroke-dasharray": .text(Self.dashes[index / Self.colourCount % Self.dashes.count]),
      "d": .text(path),
    ]
  }
}
