import Biomatch
import BiomatchCore

/// What `verify` answers: a score and whether it is that of one source.
struct Verdict {
  var score: SimilarityScore
  /// The score from which on two samples count as of one source.
  var threshold: SimilarityScore

  var isMatch: Bool { score >= threshold }

  /// Decision, score and threshold in one line for people.
  var text: String {
    isMatch
      ? "match: score \(score), at or above the threshold of \(threshold)"
      : "no match: score \(score), below the threshold of \(threshold)"
  }

  /// The documented fields.
  func row(_ a: String, _ b: String) -> Row {
    Row([
      "a": .text(a), "b": .text(b), "score": .score(score),
      "decision": .text(isMatch ? "match" : "no-match"),
    ])
  }
}
