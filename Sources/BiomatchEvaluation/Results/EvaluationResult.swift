/// The outcome of an evaluation over one or more lists of comparisons.
public struct EvaluationResult: Sendable, Hashable, Codable {
  /// One row a list, in the order given.
  public var lists: [EvaluationRow]
  /// The mean over the lists, each with a threshold of its own.
  public var mean: EvaluationRow
  /// All comparisons together, with one threshold over all lists.
  public var pooled: EvaluationRow

  /// Evaluates the given lists.
  ///
  /// - Parameters:
  ///   - sets: the lists with their scores.
  ///   - bootstrap: how to resample subjects for the bounds; without it, or where a set lacks
  ///     subjects, the bounds take the comparisons for independent.
  public init(of sets: [ScoreSet], bootstrap: SubjectBootstrap? = nil) {
    let pool = ScoreSet.pooled(sets)
    let rates = sets.map { ErrorRates(of: $0) }
    lists = zip(sets, rates).map { set, rates in
      EvaluationRow(name: set.name, rates: rates, bootstrap: bootstrap?.bounds(of: set))
    }
    let poolRates = ErrorRates(of: pool)
    mean = EvaluationRow(
      mean: MeanErrorRates(of: rates),
      of: poolRates,
      bootstrap: bootstrap?.bounds(ofMeanOver: sets)
    )
    pooled = EvaluationRow(
      name: pool.name,
      rates: poolRates,
      bootstrap: bootstrap?.bounds(of: pool)
    )
  }

  /// Evaluates pairs of samples: one list, which is its own mean and pool.
  ///
  /// - Parameters:
  ///   - scores: the scores of the pairs, counted.
  ///   - bootstrap: how to resample subjects for the bounds; without it the bounds take the comparisons
  ///     for independent.
  public init(of scores: CountedScores, bootstrap: SubjectBootstrap? = nil) {
    let rates = ErrorRates(of: scores.curve)
    let bounds = bootstrap?.bounds(of: scores)
    lists = [EvaluationRow(name: scores.source.name, rates: rates, bootstrap: bounds)]
    mean = EvaluationRow(mean: MeanErrorRates(of: [rates]), of: rates, bootstrap: bounds)
    pooled = EvaluationRow(name: "pooled", rates: rates, bootstrap: bounds)
  }

  /// All rows in the order of a table: the lists, their mean, the pool.
  public var rows: [EvaluationRow] { lists + [mean, pooled] }
}
