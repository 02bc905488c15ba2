import Biomatch
import BiomatchCore
import BiomatchEvaluation

/// Prints what the searches of an evaluation came to.
enum SearchesOutput {
  /// The documented fields, without values where there were no searches.
  static func fields(_ result: IdentificationResult?) -> KeyValuePairs<String, Row.Value> {
    let (rates, bounds) = (result?.falseNegative, result?.bounds)
    return [
      "searches": .optional(result?.rankOne.trials), "rankOne": .optional(result?.rankOne.value),
      "rankOneLower": .optional(result?.rankOneBounds?.lower),
      "rankOneUpper": .optional(result?.rankOneBounds?.upper),
      "enrolled": .optional(result?.enrolled), "mated": .optional(result?.mated),
      "nonMated": .optional(result?.nonMated), "fnir100": .optional(rates?.fmr100),
      "fnir1000": .optional(rates?.fmr1000), "fnir10000": .optional(rates?.fmr10000),
      "fnir100Lower": .optional(bounds?.fmr100?.lower),
      "fnir100Upper": .optional(bounds?.fmr100?.upper),
      "fnir1000Lower": .optional(bounds?.fmr1000?.lower),
      "fnir1000Upper": .optional(bounds?.fmr1000?.upper),
      "fnir10000Lower": .optional(bounds?.fmr10000?.lower),
      "fnir10000Upper": .optional(bounds?.fmr10000?.upper),
      "fnir100Threshold": .threshold(result?.thresholds.fmr100),
      "fnir1000Threshold": .threshold(result?.thresholds.fmr1000),
      "fnir10000Threshold": .threshold(result?.thresholds.fmr10000),
    ]
  }

  static func table(_ result: IdentificationResult) -> String {
    let rates = [
      result.falseNegative.fmr100, result.falseNegative.fmr1000, result.falseNegative.fmr10000,
    ]
    let rows = [
      [
        "leave one out", String(result.rankOne.trials), "-",
        EvaluationOutput.hundredths(result.rankOne.value),
      ]
        + rates.map { _ in "-" },
      ["open set of \(result.enrolled)", String(result.mated), String(result.nonMated), "-"]
        + rates.map(EvaluationOutput.hundredths),
    ]
    return "\n"
      + TextTable(
        header: ["searches", "mated", "non-mated", "rank 1", "FNIR100", "FNIR1000", "FNIR10000"],
        rows: rows
      ).text + "\nRank 1 and FNIR in percent; FNIR at an FPIR of 1/100, 1/1000 and 1/10000.\n"
  }
}
