import Biomatch
import BiomatchCore

/// The results of a measurement for people: a table of the machine's limits, and one for each set of
/// prints.
struct BenchTable {
  let results: BenchResults

  var text: String {
    ([results.description + "\n", limits] + results.parameters.map(searches)).joined(
      separator: "\n"
    )
  }

  private var limits: String {
    TextTable(
      header: ["limits", "threads", "compared and counted, Gbit/s", "memory read, GB/s"],
      rows: results.settings.map { setting in
        [setting.simd.rawValue, String(setting.threads)]
          + ["limit.bits", "limit.memory"].map { number($0, setting, "") }
      }
    ).text
  }

  private func searches(_ parameters: String) -> String {
    let names = [
      "search.screened", "search.screened.bits", "search.screened.memory", "search.exhaustive",
      "search.exhaustive.bits",
      "build",
    ]
    let table = TextTable(
      header: [
        "prints/s", "threads", "screened", "% of bits", "% of memory", "exhaustive", "% of bits",
        "build, µs/print",
      ],
      rows: results.settings.map { setting in
        [setting.simd.rawValue, String(setting.threads)]
          + names.map { number($0, setting, parameters) }
      }
    )
    return """
      \(parameters), \(number("print.size", nil, parameters)) bytes a print, opened in \
      \(number("open", nil, parameters)) ms
      \(table.text)\
      pairs that pass the first gate: \(number("gate.first", nil, parameters)) %, the second: \
      \(number("gate.second", nil, parameters)) %

      """
  }

  private func number(_ name: String, _ setting: BenchSetting?, _ parameters: String) -> String {
    JSONText.number(results.value(name, setting, parameters))
  }
}
