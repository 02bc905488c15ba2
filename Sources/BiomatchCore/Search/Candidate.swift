/// A stored sample that a search found similar to the probe.
public struct Candidate: Sendable, Hashable, Codable {
  /// The sample that was found.
  public var reference: ReferenceID
  /// The person whose sample it is.
  public var subject: SubjectID
  /// How alike probe and sample are.
  public var score: SimilarityScore
  /// What the score is worth, where a calibration was given.
  public var evidence: Evidence?
  /// The place in the list, counted from one.
  public var rank: Int

  /// The longest list of candidates that a search gives for a probe: 65,536.
  package static let longestList = 1 << 16

  /// A candidate; the rank is usually given later, by ``ranked(_:)``.
  public init(
    reference: ReferenceID,
    subject: SubjectID,
    score: SimilarityScore,
    evidence: Evidence? = nil,
    rank: Int = 1
  ) {
    self.reference = reference
    self.subject = subject
    self.score = score
    self.evidence = evidence
    self.rank = rank
  }

  /// Whether this candidate is listed before `other`: by higher score, and at equal scores by lower
  /// ``ReferenceID``.
  ///
  /// Evidence has no say: it is capped where the calibration ends, and capped values are all alike.
  public func precedes(_ other: Candidate) -> Bool {
    score == other.score ? reference < other.reference : score > other.score
  }

  /// The candidates in the order of ``precedes(_:)``, with ranks from one upwards.
  public static func ranked(_ candidates: some Sequence<Candidate>) -> [Candidate] {
    var list = candidates.sorted { $0.precedes($1) }
    for index in list.indices { list[index].rank = index + 1 }
    return list
  }
}
