/// The table of a report.
struct ReportTable {
  let rows: [EvaluationRow]

  private static let names: [(metric: ErrorMetric, name: String)] = [
    (.eer, "EER"), (.fmr100, "FMR100"), (.fmr1000, "FMR1000"), (.fmr10000, "FMR10000"),
    (.zeroFMR, "ZeroFMR"),
  ]

  var html: String {
    let heads = ["List", "Genuine", "Impostor", "Failures"] + Self.names.map(\.name)
    return """
      <div class="scroll"><table>
      <thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>
      <tbody>
      \(rows.map(row).joined(separator: "\n"))
      </tbody>
      </table></div>
      """
  }

  private func row(_ row: EvaluationRow) -> String {
    let isSummary = ["mean", "pooled"].contains(row.name)
    let counts = [row.genuine, row.impostor, row.failures].map { "<td>\(Markup.grouped($0))</td>" }
    let rates = Self.names.map {
      "<td>\(Self.cell(row.rates[$0.metric], row.bounds[$0.metric]))</td>"
    }
    return "<tr\(isSummary ? " class=\"summary\"" : "")>"
      + "<th scope=\"row\">\(Markup.escaped(row.name))</th>\(counts.joined())\(rates.joined())</tr>"
  }

  /// A rate in per cent with its bounds below.
  static func cell(_ rate: Double?, _ bounds: ConfidenceInterval?) -> String {
    guard let rate else { return "&ndash;" }
    let interval = bounds.map {
      "<small>\(Markup.percent($0.lower))&ndash;\(Markup.percent($0.upper))</small>"
    }
    return Markup.percent(rate) + (interval ?? "")
  }
}
