import Biomatch
import BiomatchCore
import BiomatchEvaluation
import BiomatchFingerprint

/// What the demonstration's main part gave.
struct DemoResult {
  let population: DemoPopulation
  let index: String
  let info: FingerprintIndexInfo
  let rates: IdentificationRates
  let simd: SIMDLevel
  let threads: Int
  let times: [DemoStep: Duration]

  private func seconds(_ step: DemoStep) -> Double { times[step, default: .zero] / .seconds(1) }

  /// All figures; those that vary from run to run come last.
  var row: Row {
    Row([
      "index": .text(index), "seed": .text(String(population.fingers.seed)),
      "prints": .integer(info.count), "bytes": .integer(info.byteCount),
      "bytesPerPrint": .real(info.bytesPerPrint.rounded()),
      "mated": .integer(population.matedCount), "nonMated": .integer(population.probes),
      "candidates": .integer(DemoRun.limit), "threshold": .real(Double(rates.threshold.value)),
    ])
    .appending(DemoAccuracy(rates: rates).row)
    .appending(
      Row([
        "simd": .text(simd.rawValue), "threads": .integer(threads),
        "generateSeconds": .real(seconds(.generate)), "enrolSeconds": .real(seconds(.enrol)),
        "saveSeconds": .real(seconds(.save)), "openSeconds": .real(seconds(.open)),
        "matedSeconds": .real(seconds(.mated)), "nonMatedSeconds": .real(seconds(.nonMated)),
      ])
    )
  }

  // MARK: For people

  /// What was done, how long it took and how often the right print was found.
  var text: String {
    """
    \(work.text)
    \(DemoAccuracy(rates: rates).table.text)
    \(Figure.rough(searchMilliseconds)) ms a search, \(simd.rawValue), \
    \(Plural.text(threads, "thread")); \(Figure.grouped(Int(info.bytesPerPrint.rounded()))) bytes \
    a print
    FNIR and FPIR: candidates with a score of \(rates.threshold) or more, \
    \(DemoRun.limit) at most
    The fingers are invented: this says nothing about the accuracy on people.

    """
  }

  private var searchMilliseconds: Double {
    (seconds(.mated) + seconds(.nonMated)) * 1000
      / Double(population.matedCount + population.probes)
  }

  private var work: TextTable {
    let probes = population.matedCount + population.probes
    return TextTable(
      header: ["step", "number", "ms", "a second"],
      rows: [
        line("make prints", info.count + probes, .generate),
        line("describe and add them", info.count, .enrol),
        line("save the index", info.count, .save),
        line("open it again", info.count, .open),
        line(
          "compare, \(population.matedCount) mated searches",
          population.matedCount * info.count,
          .mated
        ),
        line(
          "compare, \(population.probes) non-mated searches",
          population.probes * info.count,
          .nonMated
        ),
      ]
    )
  }

  private func line(_ title: String, _ number: Int, _ step: DemoStep) -> [String] {
    let time = seconds(step)
    // Opening reads no prints, so that it has no rate.
    let hasRate = step != .open && time > 0
    let rate = hasRate ? Figure.grouped(Int((Double(number) / time).rounded())) : "-"
    return [title, Figure.grouped(number), Figure.rough(time * 1000), rate]
  }
}
