import Biomatch
import BiomatchCore
import BiomatchEvaluation

/// Prints the result of an evaluation.
enum EvaluationOutput {
  static func text(_ result: EvaluationResult, format: OutputFormat) throws -> String {
    if format == .table { return table(result) }
    return try text(result.rows.map(row), format)
  }

  /// With what searches came to, or without values where there were none.
  static func text(
    _ result: EvaluationResult,
    searches: IdentificationResult?,
    format: OutputFormat
  ) throws -> String {
    if format == .table { return table(result) + (searches.map(SearchesOutput.table) ?? "") }
    let rows = result.rows.map { list in
      var row = row(list)
      row.append(SearchesOutput.fields(searches))
      return row
    }
    return try text(rows, format)
  }

  private static func text(_ rows: [Row], _ format: OutputFormat) throws -> String {
    try RowPrinter.text(rows, names: rows[0].names, format: format)
  }

  /// The documented fields: rates as fractions, then their bounds and thresholds.
  private static func row(_ row: EvaluationRow) -> Row {
    Row([
      "name": .text(row.name), "genuine": .integer(row.genuine),
      "impostor": .integer(row.impostor), "failures": .integer(row.failures),
      "eer": .optional(row.rates.eer), "fmr100": .optional(row.rates.fmr100),
      "fmr1000": .optional(row.rates.fmr1000), "fmr10000": .optional(row.rates.fmr10000),
      "zeroFmr": .optional(row.rates.zeroFmr),
      "eerLower": .optional(row.bounds.eer?.lower), "eerUpper": .optional(row.bounds.eer?.upper),
      "fmr100Lower": .optional(row.bounds.fmr100?.lower),
      "fmr100Upper": .optional(row.bounds.fmr100?.upper),
      "fmr1000Lower": .optional(row.bounds.fmr1000?.lower),
      "fmr1000Upper": .optional(row.bounds.fmr1000?.upper),
      "fmr10000Lower": .optional(row.bounds.fmr10000?.lower),
      "fmr10000Upper": .optional(row.bounds.fmr10000?.upper),
      "zeroFmrLower": .optional(row.bounds.zeroFmr?.lower),
      "zeroFmrUpper": .optional(row.bounds.zeroFmr?.upper),
      "boundsMethod": .optional(row.boundsMethod?.rawValue),
      "eerThreshold": .threshold(row.thresholds.eer),
      "fmr100Threshold": .threshold(row.thresholds.fmr100),
      "fmr1000Threshold": .threshold(row.thresholds.fmr1000),
      "fmr10000Threshold": .threshold(row.thresholds.fmr10000),
      "zeroFmrThreshold": .threshold(row.thresholds.zeroFmr),
    ])
  }

  private static func table(_ result: EvaluationResult) -> String {
    // Mean and pool of a single list only repeat it.
    let shown = result.lists.count == 1 ? result.lists : result.rows
    let rows = shown.map { row in
      [row.name, String(row.genuine), String(row.impostor), String(row.failures)]
        + ErrorMetric.allCases.map { hundredths(row.rates[$0]) }
    }
    return TextTable(
      header: [
        "list", "genuine", "impostor", "failures", "EER", "FMR100", "FMR1000", "FMR10000",
        "ZeroFMR",
      ],
      rows: rows
    ).text + "\nEER and FNMR in percent; - where there are too few impostor comparisons.\n"
  }

  /// A rate in percent with two decimals, or a dash.
  static func hundredths(_ rate: Double?) -> String {
    guard let rate else { return "-" }
    let hundredths = Int((rate * 10_000).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}

extension Row.Value {
  /// The score from which on a rate holds, or ``none`` where there is none.
  static func threshold(_ threshold: Double?) -> Row.Value {
    threshold.map { .score(SimilarityScore(Float($0))) } ?? .none
  }
}
