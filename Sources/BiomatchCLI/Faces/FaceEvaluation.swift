import Biomatch
import BiomatchCore
import BiomatchEvaluation

/// Pairs of labelled face vectors, and searches among them, compared and counted.
struct FaceEvaluation {
  var faces: LabelledFaces
  /// How many genuine and how many impostor pairs are compared at most.
  var pairLimit: Int?
  /// For how many vectors is searched at most; no search at all for zero.
  var searchLimit: Int?
  var seed: UInt64
  var bootstrap: SubjectBootstrap?
  var threads: Int

  /// What came out.
  struct Outcome {
    var scores: CountedScores
    var result: EvaluationResult
    var identification: IdentificationResult?
  }

  /// The scores of the pairs, none of which is computed yet.
  func scores() throws -> PairwiseScores {
    let faces = faces
    let count = faces.groups.count
    guard pairLimit != nil || count * (count - 1) / 2 <= Self.mostPairs else {
      throw UsageError.option(
        "--pairs",
        rule: "all pairs of \(Figure.grouped(count)) vectors are too many to compare",
        remedy: "compare a sample, --pairs 10000000, or fewer vectors, --images-per-identity 2"
      )
    }
    return PairwiseScores(
      name: faces.name,
      pairs: SamplePairs(of: faces.groups, limit: pairLimit, seed: seed),
      threads: threads,
      compare: faces.scores(of:with:)
    )
  }

  /// Compares and counts.
  func run(_ pairs: PairwiseScores) throws -> Outcome {
    let searches = try searches()
    let progress = ProgressBar("comparing", total: CountedScores.steps(for: pairs))
    let scores = CountedScores(pairs, finished: progress.advance(by:))
    progress.finish()
    return Outcome(
      scores: scores,
      result: EvaluationResult(of: scores, bootstrap: bootstrap),
      identification: searches.map(identify)
    )
  }

  private func identify(_ searches: PairwiseSearches) -> IdentificationResult {
    let progress = ProgressBar("searching", total: searches.blockCount)
    defer { progress.finish() }
    return IdentificationResult(
      of: searches,
      bootstrap: bootstrap,
      finished: progress.advance(by:)
    )
  }

  private func searches() throws -> PairwiseSearches? {
    guard searchLimit != 0 else { return nil }
    let faces = faces
    let count = faces.groups.count
    guard min(count, searchLimit ?? .max) * count <= Self.mostSearchComparisons else {
      throw UsageError.option(
        "--searches",
        rule: "searching for \(Figure.grouped(min(count, searchLimit ?? .max))) vectors among "
          + "\(Figure.grouped(count)) takes too long",
        remedy: "search for a sample, --searches 1000, or not at all, --searches 0"
      )
    }
    return PairwiseSearches(
      among: faces.groups,
      limit: searchLimit,
      seed: seed,
      threads: threads,
      compare: faces.scores(of:with:)
    )
  }

  /// Limits that keep an evaluation within minutes.
  private static let (mostPairs, mostSearchComparisons) = (500_000_000, 5_000_000_000)
}
