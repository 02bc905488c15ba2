import BiomatchCore

/// How the scores of genuine and impostor comparisons are distributed.
struct ScoreHistogram {
  let curve: ErrorCurve
  /// Thresholds to be marked, with their names.
  let thresholds: [(name: String, score: Double)]

  private let frame = PlotFrame()
  private static let binLimit = 80

  /// The picture.
  var svg: String {
    let groups = zip(curve.thresholds, curve.counts.groups)
    let genuine = ScoreFrequencies(groups.map { ($0, $1.genuine) })
    let impostor = ScoreFrequencies(groups.map { ($0, $1.impostor) })
    let bins = ScoreBins(genuine: genuine, impostor: impostor, limit: Self.binLimit)
    let shares = [bins.shares(of: impostor), bins.shares(of: genuine)]
    let axis = LogAxis(for: shares.joined())
    return frame.picture(
      title: "Distribution of genuine and impostor scores",
      id: "histogram",
      horizontal: (bins.axisName, bins.ticks),
      vertical: ("Share of the comparisons, by bin", axis.ticks),
      inside: { svg in
        for (style, values) in zip(["impostor", "genuine"], shares) {
          svg.leaf("path", ["class": "area \(style)", "d": .text(outline(values, axis))])
        }
      },
      over: { drawThresholds(bins, to: &$0) }
    )
  }

  private func outline(_ shares: [Double], _ axis: LogAxis) -> String {
    let base = SVGWriter.format(frame.y(-0.1))
    var path = "M\(SVGWriter.format(frame.x(0))) \(base)"
    for (index, share) in shares.enumerated() {
      let start = SVGWriter.format(frame.x(Double(index) / Double(shares.count)))
      let end = SVGWriter.format(frame.x(Double(index + 1) / Double(shares.count)))
      let height = SVGWriter.format(frame.y(max(-0.1, axis.share(share))))
      path += "L\(start) \(height)H\(end)"
    }
    return path + "L\(SVGWriter.format(frame.x(1))) \(base)Z"
  }

  /// All lines first, so that the names, which cover them, are drawn over all of them.
  private func drawThresholds(_ bins: ScoreBins, to svg: inout SVGWriter) {
    let shown = thresholds.map { ($0, bins.share(ofScore: $0.score)) }.filter { 0...1 ~= $0.1 }
    for (_, share) in shown { frame.verticalLine(atShare: share, style: "threshold", to: &svg) }
    for (index, (threshold, share)) in shown.enumerated() {
      svg.textElement(
        "text",
        "\(threshold.name) at \(Markup.number(threshold.score))",
        [
          "class": "mark", "x": .number(frame.x(share)), "dx": 5,
          // At different heights: the names of neighbours would write over one another.
          "y": .number(frame.y(0.96 - 0.055 * Double(index))), "dy": "0.35em",
        ]
      )
    }
  }
}
