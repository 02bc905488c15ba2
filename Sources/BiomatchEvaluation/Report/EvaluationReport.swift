import BiomatchCore

/// An evaluation as one self-contained HTML page: error trade-off curves and the table of rates.
///
/// The page needs no script and loads nothing; the same input gives the same bytes.
public struct EvaluationReport: Sendable {
  /// What stands at the top of the page.
  public var title: String
  /// How the scores came about, parameter by parameter.
  public var parameters: [(name: String, value: String)]
  private let sets: [ScoreSet]
  private let result: EvaluationResult

  /// A report on `sets`, whose evaluation is `result`.
  public init(
    title: String,
    parameters: [(name: String, value: String)],
    sets: [ScoreSet],
    result: EvaluationResult
  ) {
    self.title = title
    self.parameters = parameters
    self.sets = sets
    self.result = result
  }

  /// The page.
  public var html: String {
    let title = SVGWriter.escape(title)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>
      body { font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1b2430; margin: 2rem auto;
        max-width: 60rem; padding: 0 1rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .25rem .7rem; text-align: right; border-bottom: 1px solid #dde1e7; }
      th:first-child, td:first-child { text-align: left; }
      tr.total td { font-weight: 600; }
      td span { display: block; font-size: .8em; color: #5a6573; font-weight: 400; }
      figure { margin: 1rem 0; max-width: 45rem; }
      .scroll { overflow-x: auto; }
      </style>
      </head>
      <body>
      <h1>\(title)</h1>
      <table>
      \(parameterRows)
      </table>
      <h2>Error trade-off</h2>
      <figure>
      \(plot)</figure>
      <h2>Error rates</h2>
      <p>FNMR at the lowest threshold whose FMR is at most the given one; EER where the two meet
      (ISO/IEC 19795-1). Below each rate, where known, its interval of 95 % confidence. A comparison
      without score counts as 0 and as a failure.</p>
      <div class="scroll">
      <table>
      <thead><tr><th>list</th><th>genuine</th><th>impostor</th><th>failures</th><th>EER</th>\
      <th>FMR 1 %</th><th>FMR 0.1 %</th><th>FMR 0.01 %</th><th>FMR 0</th></tr></thead>
      <tbody>
      \(rateRows)
      </tbody>
      </table>
      </div>
      </body>
      </html>

      """
  }

  private var parameterRows: String {
    parameters.map { name, value in
      "<tr><td>\(SVGWriter.escape(name))</td><td>\(SVGWriter.escape(value))</td></tr>"
    }.joined(separator: "\n")
  }

  private var plot: String {
    let each =
      sets.count > 1
      ? sets.map { DETPlot.Series(name: $0.name, curve: ErrorCurve(of: $0), isMain: false) } : []
    let pool = DETPlot.Series(
      name: "pooled",
      curve: ErrorCurve(of: ScoreSet.pooled(sets)),
      isMain: true
    )
    return DETPlot(series: each + [pool]).svg
  }

  private var rateRows: String {
    result.rows.enumerated().map { index, row in
      let cells = ErrorMetric.allCases.map { metric in
        "<td>\(Self.cell(row.rates[metric], bounds: row.bounds[metric]))</td>"
      }
      let head = "<td>\(SVGWriter.escape(row.name))</td>"
      let counts = "<td>\(row.genuine)</td><td>\(row.impostor)</td><td>\(row.failures)</td>"
      let style = index < result.lists.count ? "" : " class=\"total\""
      return "<tr\(style)>\(head)\(counts)\(cells.joined())</tr>"
    }.joined(separator: "\n")
  }

  private static func cell(_ rate: Double?, bounds: ConfidenceInterval?) -> String {
    guard let rate else { return "–" }
    let interval = bounds.map { "<span>\(percent($0.lower))–\(percent($0.upper))</span>" } ?? ""
    return "\(percent(rate)) %" + interval
  }

  private static func percent(_ rate: Double) -> String { SVGWriter.format(rate * 100) }
}
