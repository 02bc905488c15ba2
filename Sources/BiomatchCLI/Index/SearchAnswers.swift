import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// What a search found, in the forms that are printed.
struct SearchAnswers {
  static let fieldNames = ["probe", "rank", "reference", "subject", "score", "searched", "total"]

  private let answers: [(probe: SearchProbe, result: FingerprintSearchResult)]

  init(_ answers: [(probe: SearchProbe, result: FingerprintSearchResult)]) {
    self.answers = answers
  }

  /// A row a candidate, or one without candidate.
  var rows: [Row] {
    answers.flatMap { probe, result in
      result.candidates.isEmpty
        ? [row(probe, nil, result.coverage)]
        : result.candidates.map { row(probe, $0, result.coverage) }
    }
  }

  /// The candidates for people, and how much was searched.
  var table: String {
    let table = TextTable(
      header: Array(Self.fieldNames.prefix(5)),
      rows: rows.map { row in Array(row.cells.prefix(5)).map { $0.isEmpty ? "-" : $0 } }
    )
    return table.text + "\n" + coverage + "\n"
  }

  /// Says on the standard error that there may be more to be found.
  func warnOfGaps(target: String) {
    let partial = answers.filter { !$0.result.coverage.isComplete }
    guard !partial.isEmpty else { return }
    Warning(
      code: "search.partial",
      location: ErrorLocation(file: target),
      text: "time ran out: \(partial.count) of \(answers.count) probes were not compared with all "
        + "prints"
    ).say()
  }

  private var coverage: String {
    let searched = answers.map(\.result.coverage.searched)
    let totals = answers.map(\.result.coverage.total)
    return "\(range(searched)) of \(range(totals)) prints searched"
  }

  private func range(_ numbers: [Int]) -> String {
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    return low == high ? "\(low)" : "\(low) to \(high)"
  }

  private func row(_ probe: SearchProbe, _ candidate: Candidate?, _ coverage: Coverage) -> Row {
    Row([
      "probe": .text(probe.name), "rank": .optional(candidate?.rank),
      "reference": .optional(candidate?.reference.string),
      "subject": .optional(candidate?.subject.string),
      "score": .optional(candidate.map { Double($0.score.value) }),
      "searched": .integer(coverage.searched), "total": .integer(coverage.total),
    ])
  }
}
