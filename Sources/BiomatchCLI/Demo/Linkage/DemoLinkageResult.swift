import Biomatch
import BiomatchLinkage

/// What the demonstration's part on linkage gave.
struct DemoLinkageResult {
  let files: DemoLinkageFiles
  let quality: LinkageQuality
  let encoding: Duration
  let comparing: Duration

  private static let count = DemoLinkageRun.count

  /// All figures; those that vary from run to run come last.
  var row: Row {
    Row([
      "records": .integer(Self.count), "threshold": .real(DemoLinkageRun.threshold),
      "links": .integer(quality.linkCount), "correct": .integer(quality.correctCount),
      "matches": .integer(quality.matchCount), "precision": .real(quality.precision),
      "recall": .real(quality.recall), "f1": .real(quality.f1),
      "encodeSeconds": .real(encoding / .seconds(1)),
      "compareSeconds": .real(comparing / .seconds(1)),
    ])
  }

  /// What was done, how long it took and how often the links were right.
  var text: String {
    """
    \(Figure.grouped(Self.count)) records of invented people with each of two authorities, \
    \(Figure.grouped(quality.matchCount)) in both files

    \(work.text)
    \(Figure.grouped(quality.linkCount)) links, \(Figure.grouped(quality.correctCount)) of them \
    right: precision \(Figure.percent(quality.precision)) %, recall \
    \(Figure.percent(quality.recall)) %
    Only codes are compared, no names. Codes are no protection from whoever has a similar list: \
    docs/record-linkage.md.

    """
  }

  private var work: TextTable {
    TextTable(
      header: ["step", "number", "ms", "a second"],
      rows: [
        line("turn records into codes", 2 * Self.count, encoding),
        line("compare codes, choose links", Self.count * Self.count, comparing),
      ]
    )
  }

  private func line(_ title: String, _ number: Int, _ time: Duration) -> [String] {
    let seconds = time / .seconds(1)
    return [
      title, Figure.grouped(number), Figure.rough(seconds * 1000),
      Figure.grouped(Int((Double(number) / max(seconds, 1e-9)).rounded())),
    ]
  }
}
