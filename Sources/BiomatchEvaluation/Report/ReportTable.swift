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
    let rates = Self.names.map { "<td>\(cell(row, $0.metric))</td>" }
    return "<tr\(isSummary ? " class=\"summary\"" : "")>"
      + "<th scope=\"row\">\(Markup.escaped(row.name))</th>\(counts.joined())\(rates.joined())</tr>"
  }

  private func cell(_ row: EvaluationRow, _ metric: ErrorMetric) -> String {
    guard let rate = row.rates[metric] else { return "&ndash;" }
    let bounds = row.bounds[metric].map {
      "<small>\(Markup.percent($0.lower))&ndash;\(Markup.percent($0.upper))</small>"
    }
    return Markup.percent(rate) + (bounds ?? "")
  }
}
