/// Which records of two sides are of one person, where that is known: to measure links.
public struct LinkageTruth: Sendable {
  private let personsA: [Int?]
  private let personsB: [Int?]
  /// How many pairs are of one person.
  public let matchCount: Int

  /// The truth of records in the order of their rows; `nil` for a record of whom nobody knows, which
  /// counts as another person. Names of persons are compared by the bytes of their UTF-8 text.
  ///
  /// - Complexity: O(records).
  public init(a: [String?], b: [String?]) {
    var numbers: [[UInt8]: Int] = [:]
    func number(_ person: String?) -> Int? {
      guard let person = person.map({ Array($0.utf8) }) else { return nil }
      let number = numbers[person] ?? numbers.count
      numbers[person] = number
      return number
    }
    personsA = a.map(number)
    personsB = b.map(number)
    var counts = Array(repeating: 0, count: numbers.count)
    for case let person? in personsA { counts[person] += 1 }
    matchCount = personsB.reduce(0) { $0 + ($1.map { counts[$0] } ?? 0) }
  }

  /// Whether two records are of one person.
  public func isMatch(a: Int, b: Int) -> Bool { personsA[a] != nil && personsA[a] == personsB[b] }

  /// All pairs of one person, by the row of the first side, then that of the second.
  public var matches: [(a: Int, b: Int)] {
    let rows = Dictionary(grouping: personsB.indices) { personsB[$0] }
    return personsA.enumerated().flatMap { a, person in
      person.map { (rows[$0] ?? []).map { (a: a, b: $0) } } ?? []
    }
  }

  /// How good links are.
  public func quality(of links: some Sequence<CandidatePair>) -> LinkageQuality {
    var quality = LinkageQuality(matchCount: matchCount)
    for link in links {
      quality.linkCount += 1
      if isMatch(a: link.a, b: link.b) { quality.correctCount += 1 }
    }
    return quality
  }

  /// The score from which on links have the highest F1, of equal ones the highest score, and how good they
  /// are; `nil` without links.
  ///
  /// For links of a method of ``LinkageSolver`` whose links at a higher threshold are the same without
  /// those below it, this is the best threshold at or above that of the links.
  public func best(of links: [CandidatePair]) -> (threshold: Double, quality: LinkageQuality)? {
    let sorted = links.sorted { $0.score > $1.score }
    var quality = LinkageQuality(matchCount: matchCount)
    var best: (threshold: Double, quality: LinkageQuality)?
    for (index, link) in sorted.enumerated() {
      quality.linkCount += 1
      if isMatch(a: link.a, b: link.b) { quality.correctCount += 1 }
      // Links of one score come all or not at all.
      if index + 1 < sorted.count, sorted[index + 1].score == link.score { continue }
      if best.map({ $0.quality.f1 < quality.f1 }) ?? true { best = (link.score, quality) }
    }
    return best
  }
}

/// How many of the links are right, and how many of the pairs of one person are linked.
public struct LinkageQuality: Sendable, Hashable {
  /// How many links there are.
  public var linkCount = 0
  /// How many of them are of one person.
  public var correctCount = 0
  /// How many pairs are of one person.
  public var matchCount: Int

  /// No links yet.
  public init(matchCount: Int) { self.matchCount = matchCount }

  /// The share of links that are right; 1 without links.
  public var precision: Double {
    linkCount == 0 ? 1 : Double(correctCount) / Double(linkCount)
  }

  /// The share of pairs of one person that are linked; 1 where there is none.
  public var recall: Double {
    matchCount == 0 ? 1 : Double(correctCount) / Double(matchCount)
  }

  /// The harmonic mean of precision and recall (van Rijsbergen, *Information Retrieval*, 1979); 1 where
  /// there are neither links nor pairs of one person.
  public var f1: Double {
    let sum = linkCount + matchCount
    return sum == 0 ? 1 : Double(2 * correctCount) / Double(sum)
  }
}
