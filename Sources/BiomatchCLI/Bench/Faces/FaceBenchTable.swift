import Biomatch
import BiomatchCore

/// The results of measuring searches of faces for people.
struct FaceBenchTable {
  let results: BenchResults
  let batches: [Int]

  var text: String {
    ([results.description + "\n", limits] + results.parameters.map(searches)).joined(
      separator: "\n"
    )
  }

  private var limits: String {
    TextTable(
      header: ["limits", "threads", "products of codes, G/s", "memory read, GB/s"],
      rows: results.settings.map { setting in
        [setting.simd.rawValue, String(setting.threads)]
          + ["limit.products", "limit.memory"].map { number($0, setting, "") }
      }
    ).text
  }

  private func searches(_ parameters: String) -> String {
    let kinds = batches.flatMap { batch in ["top10.\(batch)", "threshold.\(batch)"] }
    let table = TextTable(
      header: [
        "probes/s", "threads", "search", "batch", "probes/s", "of int8 floor", "refined", "scored",
      ],
      rows: results.settings.flatMap { setting in
        kinds.map { kind in
          let names = ["", ".floor", ".refined", ".scored"].map { "search.\(kind)\($0)" }
          return [setting.simd.rawValue, String(setting.threads)]
            + kind.split(separator: ".").map(String.init)
            + names.map { number($0, setting, parameters) }
        }
      }
    )
    let saved = TextTable(
      header: ["saved index", "threads", "batch", "probes/s", "refined", "scored"],
      rows: results.settings.flatMap { setting in
        batches.map { batch in
          [setting.simd.rawValue, String(setting.threads), String(batch)]
            + ["", ".refined", ".scored"].map {
              number("saved.top10.\(batch)\($0)", setting, parameters)
            }
        }
      }
    )
    let builds = results.settings.map { setting in
      "\(setting.simd.rawValue) on \(Plural.text(setting.threads, "thread")): "
        + "\(number("build", setting, parameters)) vectors/s"
    }
    return """
      \(parameters), \(number("codes.size", nil, parameters)) bytes of codes a value, opened in \
      \(number("open", nil, parameters)) ms, then searched for the first time in \
      \(number("open.search", nil, parameters)) ms
      \(table.text)\
      ten best in the saved index, \(number("saved.codes.size", nil, parameters)) bytes of codes a value
      \(saved.text)\
      built by \(builds.joined(separator: ", "))

      """
  }

  private func number(_ name: String, _ setting: BenchSetting?, _ parameters: String) -> String {
    JSONText.number(results.value(name, setting, parameters))
  }
}
