import BiomatchCore

/// A page of its own about an evaluation: the curves, the distributions of the scores, the table.
///
/// The page needs no other file and no network, and follows the reader's choice of light or dark.
public struct EvaluationReport: Sendable {
  /// What stands at the top of the page.
  public var title: String
  /// How the scores came about, parameter by parameter.
  public var parameters: [(name: String, value: String)]
  private let sets: [ScoreSet]
  private let result: EvaluationResult

  /// A report.
  ///
  /// - Parameters:
  ///   - title: what stands at the top of the page.
  ///   - parameters: how the scores came about, name by name.
  ///   - sets: the scores.
  ///   - result: their error rates, from the same sets in the same order.
  public init(
    title: String,
    parameters: [(name: String, value: String)] = [],
    sets: [ScoreSet],
    result: EvaluationResult
  ) {
    precondition(sets.map(\.name) == result.lists.map(\.name), "the rates are those of the sets")
    self.title = title
    self.parameters = parameters
    self.sets = sets
    self.result = result
  }

  /// The page as HTML with SVG inside.
  public var html: String {
    let pool = sets.count == 1 ? sets[0] : ScoreSet.pooled(sets)
    let plot = DETPlot(sets: sets, pooled: pool)
    let histogram = ScoreHistogram(set: pool, thresholds: thresholds)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(Markup.escaped(title))</title>
      <style>
      \(ReportStyle.css)
      </style>
      </head>
      <body>
      <h1>\(Markup.escaped(title))</h1>
      <p>\(summary)</p>
      \(parameterList)
      <figure>
      <figcaption>Detection error trade-off</figcaption>
      \(plot.svg)
      \(plot.legend)
      </figure>
      <figure>
      <figcaption>Scores of all comparisons</figcaption>
      \(histogram.svg)
      <ul class="legend"><li><span class="swatch impostor"></span>impostor</li>\
      <li><span class="swatch genuine"></span>genuine</li></ul>
      </figure>
      <h2>Error rates</h2>
      \(ReportTable(rows: rows).html)
      <p class="note">\(note)</p>
      </body>
      </html>

      """
  }

  private var parameterList: String {
    guard !parameters.isEmpty else { return "" }
    let rows = parameters.map { name, value in
      "<dt>\(Markup.escaped(name))</dt><dd>\(Markup.escaped(value))</dd>"
    }
    return "<dl>\(rows.joined())</dl>"
  }

  /// One list is its own mean and pool.
  private var rows: [EvaluationRow] { sets.count == 1 ? result.lists : result.rows }

  private var thresholds: [(name: String, score: Double)] {
    let names = [(ErrorMetric.fmr100, "FMR 1 %"), (.fmr1000, "0.1 %"), (.fmr10000, "0.01 %")]
    return names.compactMap { metric, name in
      result.pooled.thresholds[metric].map { (name, $0) }
    }
  }

  private var summary: String {
    let row = result.pooled
    let lists = sets.count == 1 ? "" : "\(sets.count) lists, "
    let failures =
      row.failures == 0 ? "" : " \(Markup.grouped(row.failures)) had no score and count as 0."
    return "\(lists)\(Markup.grouped(row.genuine)) genuine and \(Markup.grouped(row.impostor)) "
      + "impostor comparisons.\(failures)"
  }

  private var note: String {
    let bounds =
      switch result.pooled.boundsMethod {
      case .bootstrap: "by resampling subjects"
      case .wilson, nil: "as if all comparisons were independent"
      }
    return "All rates in per cent. A comparison is accepted when its score reaches the threshold. "
      + "EER: where FMR and FNMR cross. FMR100, FMR1000, FMR10000: FNMR at the lowest threshold with "
      + "an FMR of at most 1/100, 1/1,000, 1/10,000; left out where there are fewer impostor "
      + "comparisons than that. ZeroFMR: FNMR without any false match. Small numbers: intervals of "
      + "95 % confidence, \(bounds)."
  }
}
