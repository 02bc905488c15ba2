/// The scores of the genuine and impostor comparisons of one list.
///
/// ```swift
/// var set = ScoreSet(name: "right index")
/// set.add(412, isGenuine: true)
/// set.add(nil, isGenuine: true)  // a template that could not be made: scores 0
/// set.add(7, isGenuine: false)
/// ErrorRates(of: set).rates.eer
/// ```
public struct ScoreSet: Sendable {
  /// What the set is called in results.
  public var name: String
  /// The comparisons in the order in which they were added.
  private(set) var comparisons: [ScoredComparison] = []
  /// How many comparisons are of samples of one source.
  public private(set) var genuineCount = 0
  /// How many comparisons had no score and count as 0.
  public private(set) var failures = 0
  /// The sources of the samples, as far as they were given.
  private(set) var subjects = SubjectNumbers()

  /// An empty set.
  public init(name: String) { self.name = name }

  /// A set of the given scores, without the sources that a bootstrap needs.
  public init(name: String, genuine: [Double], impostor: [Double]) {
    self.init(name: name)
    for score in genuine { add(score, isGenuine: true) }
    for score in impostor { add(score, isGenuine: false) }
  }

  /// How many comparisons are of samples of different sources.
  public var impostorCount: Int { comparisons.count - genuineCount }

  /// Whether every comparison came with its two sources.
  public var hasSubjects: Bool { comparisons.allSatisfy { $0.first != SubjectNumbers.unknown } }

  /// Adds a comparison.
  ///
  /// - Parameters:
  ///   - score: how alike the two samples are; a missing or NaN score counts as 0, an infinite one
  ///     is a programmer error.
  ///   - isGenuine: whether the samples are of one source.
  ///   - subjects: the sources of the two samples, by names that are the same in every set of an
  ///     evaluation: the finger, or the person, whichever is to be resampled.
  public mutating func add(
    _ score: Double?,
    isGenuine: Bool,
    subjects pair: (a: String, b: String)? = nil
  ) {
    var score = score ?? .nan
    precondition(!score.isInfinite, "a score is a finite number")
    if score.isNaN {
      failures += 1
      score = 0
    }
    if isGenuine { genuineCount += 1 }
    comparisons.append(
      ScoredComparison(
        score: score,
        isGenuine: isGenuine,
        first: pair.map { subjects.number(of: $0.a) } ?? SubjectNumbers.unknown,
        second: pair.map { subjects.number(of: $0.b) } ?? SubjectNumbers.unknown
      )
    )
  }

  /// The comparisons of all sets in one, for a single threshold over all of them.
  public static func pooled(_ sets: [ScoreSet], name: String = "pooled") -> ScoreSet {
    var pool = ScoreSet(name: name)
    pool.comparisons.reserveCapacity(sets.reduce(0) { $0 + $1.comparisons.count })
    for set in sets {
      let numbers = set.subjects.names.map { pool.subjects.number(of: $0) }
      for var comparison in set.comparisons {
        if comparison.first != SubjectNumbers.unknown {
          comparison.first = numbers[Int(comparison.first)]
          comparison.second = numbers[Int(comparison.second)]
        }
        pool.comparisons.append(comparison)
      }
      pool.genuineCount += set.genuineCount
      pool.failures += set.failures
    }
    return pool
  }
}

/// One comparison with the numbers of its sources.
struct ScoredComparison: Sendable {
  var score: Double
  var isGenuine: Bool
  var first: UInt32
  var second: UInt32
}

/// Numbers for names, in order of appearance.
struct SubjectNumbers: Sendable {
  static let unknown = UInt32.max

  private(set) var names: [String] = []
  private var numbers: [String: UInt32] = [:]

  mutating func number(of name: String) -> UInt32 {
    if let number = numbers[name] { return number }
    let number = UInt32(names.count)
    names.append(name)
    numbers[name] = number
    return number
  }
}
