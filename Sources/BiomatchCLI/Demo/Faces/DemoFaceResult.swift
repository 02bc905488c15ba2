import Biomatch
import BiomatchCore
import BiomatchEvaluation
import BiomatchFace

/// What the demonstration's part on faces gave.
struct DemoFaceResult {
  let population: DemoFacePopulation
  let index: String
  let info: FaceIndexInfo
  let rates: IdentificationRates
  let times: [DemoStep: Duration]

  /// All figures; those that vary from run to run come last.
  var row: Row {
    Row([
      "index": .text(index), "vectors": .integer(info.count), "dimension": .integer(info.dimension),
      "mated": .integer(population.matedCount), "nonMated": .integer(population.probes),
      "threshold": .score(rates.threshold),
    ])
    .appending(DemoAccuracy(rates: rates).row)
    .appending(
      Row([
        "generateSeconds": .real(seconds(.generate)), "enrolSeconds": .real(seconds(.enrol)),
        "saveSeconds": .real(seconds(.save)), "openSeconds": .real(seconds(.open)),
        "matedSeconds": .real(seconds(.mated)), "nonMatedSeconds": .real(seconds(.nonMated)),
      ])
    )
  }

  /// What was done, how long it took and how often the right face was found.
  var text: String {
    """
    \(work.text)
    \(DemoAccuracy(rates: rates).table.text)
    \(Figure.rough(searchMilliseconds)) ms a search, exact; \(info.dimension) values a vector
    FNIR and FPIR: candidates with a cosine of \(rates.threshold) or more, \
    \(DemoRun.limit) at most
    The faces are invented: this says nothing about the accuracy of any model.

    """
  }

  private func seconds(_ step: DemoStep) -> Double { times[step, default: .zero] / .seconds(1) }

  private var searchMilliseconds: Double {
    (seconds(.mated) + seconds(.nonMated)) * 1000
      / Double(population.matedCount + population.probes)
  }

  private var work: TextTable {
    let lines: [(String, Int, DemoStep)] = [
      ("make face vectors", info.count + population.matedCount + population.probes, .generate),
      ("encode and add them", info.count, .enrol), ("save the index", info.count, .save),
      ("open it again", info.count, .open),
      (
        "compare, \(population.matedCount) mated searches", population.matedCount * info.count,
        .mated
      ),
      (
        "compare, \(population.probes) non-mated searches", population.probes * info.count,
        .nonMated
      ),
    ]
    return TextTable(
      header: ["step", "number", "ms", "a second"],
      rows: lines.map { title, number, step in
        let time = seconds(step)
        // Opening reads no vectors, so that it has no rate.
        let hasRate = step != .open && time > 0
        let rate = hasRate ? Figure.grouped(Int((Double(number) / time).rounded())) : "-"
        return [title, Figure.grouped(number), Figure.rough(time * 1000), rate]
      }
    )
  }
}
