/// The table of searches in a report.
struct SearchTable {
  let result: IdentificationResult

  private static let names: [(metric: ErrorMetric, name: String)] = [
    (.fmr100, "FNIR at FPIR 1 %"), (.fmr1000, "FNIR at FPIR 0.1 %"),
    (.fmr10000, "FNIR at FPIR 0.01 %"),
  ]

  static let note =
    "All rates in per cent. Rank 1, leaving one out: searches for a sample among all others that find "
    + "one of its subject first. FNIR: mated searches in which the mate scores below the lowest "
    + "threshold with an FPIR of at most 1 %, 0.1 % and 0.01 %, left out where there are fewer "
    + "non-mated searches than that. Half of the subjects are enrolled with a sample each; their other "
    + "samples make mated searches, those of the others non-mated ones."

  var html: String {
    let counts = [
      ("Leave-one-out searches", result.rankOne.trials), ("Enrolled", result.enrolled),
      ("Mated searches", result.mated), ("Non-mated searches", result.nonMated),
    ]
    let rates =
      [("Rank 1", ReportTable.cell(result.rankOne.value, result.rankOneBounds))]
      + Self.names.map { metric, name in
        (name, ReportTable.cell(result.falseNegative[metric], result.bounds[metric]))
      }
    let columns = counts.map { ($0.0, Markup.grouped($0.1)) } + rates
    return """
      <div class="scroll"><table>
      <thead><tr>\(columns.map { "<th scope=\"col\">\($0.0)</th>" }.joined())</tr></thead>
      <tbody>
      <tr>\(columns.map { "<td>\($0.1)</td>" }.joined())</tr>
      </tbody>
      </table></div>
      """
  }
}
