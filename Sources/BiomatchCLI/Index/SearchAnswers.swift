import Biomatch
import BiomatchCore

/// What was found for one probe.
struct SearchAnswer {
  /// How answers name the probe.
  var probe: String
  var candidates: [Candidate]
  var coverage: Coverage
}

/// What a search found, in the forms that are printed.
struct SearchAnswers {
  static let fieldNames = ["probe", "rank", "reference", "subject", "score", "searched", "total"]

  let answers: [SearchAnswer]
  /// What the samples of the index are called.
  let noun: String

  /// A row a candidate, or one without candidate.
  var rows: [Row] {
    answers.flatMap { answer in
      answer.candidates.isEmpty
        ? [row(answer, nil)] : answer.candidates.map { row(answer, $0) }
    }
  }

  /// The candidates for people, and how much was searched.
  var table: String {
    let table = TextTable(
      header: Array(Self.fieldNames.prefix(5)),
      rows: answers.flatMap { answer in
        let probe = [answer.probe]
        return answer.candidates.isEmpty
          ? [probe + Array(repeating: "-", count: 4)]
          : answer.candidates.map { probe + cells($0) }
      }
    )
    return table.text + "\n" + coverage + "\n"
  }

  /// Says on the standard error that there may be more to be found.
  func warnOfGaps(target: String) {
    let partial = answers.filter { !$0.coverage.isComplete }
    guard !partial.isEmpty else { return }
    Warning(
      code: "search.partial",
      location: ErrorLocation(file: target),
      text: "time ran out: \(partial.count) of \(answers.count) probes were not compared with all "
        + "\(noun)s"
    ).say()
  }

  private func cells(_ candidate: Candidate) -> [String] {
    let score = candidate.score.value
    // Scores of prints are whole numbers, cosines are not.
    let isWhole = score.rounded() == score && abs(score) > 1
    return [
      String(candidate.rank), candidate.reference.string, candidate.subject.string,
      isWhole ? candidate.score.description : Figure.cosine(candidate.score),
    ]
  }

  private var coverage: String {
    let searched = answers.map(\.coverage.searched)
    let totals = answers.map(\.coverage.total)
    return "\(range(searched)) of \(range(totals)) \(noun)s searched"
  }

  private func range(_ numbers: [Int]) -> String {
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    return low == high ? "\(low)" : "\(low) to \(high)"
  }

  private func row(_ answer: SearchAnswer, _ candidate: Candidate?) -> Row {
    Row([
      "probe": .text(answer.probe), "rank": .optional(candidate?.rank),
      "reference": .optional(candidate?.reference.string),
      "subject": .optional(candidate?.subject.string),
      "score": candidate.map { .score($0.score) } ?? .none,
      "searched": .integer(answer.coverage.searched),
      "total": .integer(answer.coverage.total),
    ])
  }
}
