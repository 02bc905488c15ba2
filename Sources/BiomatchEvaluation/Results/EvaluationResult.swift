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
    mean = EvaluationRow(
      mean: MeanErrorRates(of: rates),
      of: pool,
      bootstrap: bootstrap?.bounds(ofMeanOver: sets)
    )
    pooled = EvaluationRow(
      name: pool.name,
      rates: ErrorRates(of: pool),
      bootstrap: bootstrap?.bounds(of: pool)
    )
  }

  /// All rows in the order of a table: the lists, their mean, the pool.
  public var rows: [EvaluationRow] { lists + [mean, pooled] }
}
