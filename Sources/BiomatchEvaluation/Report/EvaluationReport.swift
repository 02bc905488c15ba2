import BiomatchCore

/// A page of its own about an evaluation: the curves, the distributions of the scores, the table.
///
/// The page needs no other file and no network, and follows the reader's choice of light or dark.
public struct EvaluationReport: Sendable {
  /// What stands at the top of the page.
  public var title: String
  /// How the scores came about, parameter by parameter.
  public var parameters: [(name: String, value: String)]
  /// What searches among the samples came to, where there were any.
  public var identification: IdentificationResult?
  private let lists: [NamedCurve]
  private let pool: NamedCurve
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
    self.result = result
    lists = sets.map { NamedCurve(name: $0.name, curve: ErrorCurve(of: $0)) }
    pool =
      sets.count == 1
      ? lists[0] : NamedCurve(name: "pooled", curve: ErrorCurve(of: .pooled(sets)))
  }

  /// A report on pairs of samples.
  ///
  /// - Parameters:
  ///   - title: what stands at the top of the page.
  ///   - parameters: how the scores came about, name by name.
  ///   - scores: the scores, counted.
  ///   - result: their error rates.
  public init(
    title: String,
    parameters: [(name: String, value: String)] = [],
    scores: CountedScores,
    result: EvaluationResult
  ) {
    precondition(result.lists.map(\.name) == [scores.source.name], "the rates are of the scores")
    self.title = title
    self.parameters = parameters
    self.result = result
    pool = NamedCurve(name: scores.source.name, curve: scores.curve)
    lists = [pool]
  }

  /// The page as HTML with SVG inside.
  public var html: String {
    let plot = DETPlot(lists: lists, pooled: pool)
    let histogram = ScoreHistogram(curve: pool.curve, thresholds: thresholds)
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
      <p class="note">\(note)</p>\(searches)
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
  private var rows: [EvaluationRow] { lists.count == 1 ? result.lists : result.rows }

  private var thresholds: [(name: String, score: Double)] {
    let names = [(ErrorMetric.fmr100, "FMR 1 %"), (.fmr1000, "0.1 %"), (.fmr10000, "0.01 %")]
    return names.compactMap { metric, name in
      result.pooled.thresholds[metric].map { (name, $0) }
    }
  }

  private var searches: String {
    guard let identification else { return "" }
    return """

      <h2>Searches</h2>
      \(SearchTable(result: identification).html)
      <p class="note">\(SearchTable.note)</p>
      """
  }

  private var summary: String {
    let row = result.pooled
    let many = lists.count == 1 ? "" : "\(lists.count) lists, "
    let failures =
      row.failures == 0 ? "" : " \(Markup.grouped(row.failures)) had no score and count as 0."
    return "\(many)\(Markup.grouped(row.genuine)) genuine and \(Markup.grouped(row.impostor)) "
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

/// The curve of a list or of the pool.
struct NamedCurve: Sendable {
  let name: String
  let curve: ErrorCurve
}
