import Biomatch
import BiomatchCore
import BiomatchEvaluation

/// How often the demonstration's searches found whom they should.
struct DemoAccuracy {
  let rates: IdentificationRates

  /// For machines: shares, each with its bounds.
  var row: Row {
    Row([
      "rankOne": .optional(rates.rankOne.value),
      "rankOneLower": .optional(rates.rankOne.bounds?.lower),
      "rankOneUpper": .optional(rates.rankOne.bounds?.upper),
      "fnir": .optional(rates.falseNegative.value),
      "fnirLower": .optional(rates.falseNegative.bounds?.lower),
      "fnirUpper": .optional(rates.falseNegative.bounds?.upper),
      "fpir": .optional(rates.falsePositive.value),
      "fpirLower": .optional(rates.falsePositive.bounds?.lower),
      "fpirUpper": .optional(rates.falsePositive.bounds?.upper),
    ])
  }

  /// For people.
  var table: TextTable {
    TextTable(
      header: ["accuracy", "searches", "of", "%", "95 % bounds"],
      rows: [
        line("mate at rank 1 (rank-1 identification rate)", rates.rankOne),
        line("mate missed (FNIR)", rates.falseNegative),
        line("stranger found (FPIR)", rates.falsePositive),
      ]
    )
  }

  private func line(_ title: String, _ rate: ObservedRate) -> [String] {
    let bounds = rate.bounds.map {
      "\(Figure.percent($0.lower))–\(Figure.percent($0.upper))"
    }
    return [
      title, Figure.grouped(rate.count), Figure.grouped(rate.trials),
      rate.value.map(Figure.percent) ?? "-", bounds ?? "-",
    ]
  }
}
