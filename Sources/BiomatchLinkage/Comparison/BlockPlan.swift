import BiomatchCore

/// Which records of two sides are compared: those that share the key of a block, once each.
///
/// A key is any text: a year of birth, a sound of a name, or, so that neither side tells the other these,
/// an authentication code of them, as ``BlockKeyer`` makes.
public struct BlockPlan: Sendable {
  private let keysOfA: [[Int]]
  /// Rows of the second side by key, ascending.
  private let rowsOfB: [[UInt32]]
  let countA: Int
  let countB: Int
  /// How many pairs share a key.
  public let pairCount: Int

  /// A plan for records with these keys each; a record without a key is compared with none.
  ///
  /// Complexity: O(pairs with repetition), with memory for the keys.
  public init(a: [[String]], b: [[String]]) {
    var numbers: [String: Int] = [:]
    var rows: [[UInt32]] = []
    for (row, keys) in b.enumerated() {
      for key in Set(keys) {
        let number = numbers[key] ?? rows.count
        if number == rows.count {
          numbers[key] = number
          rows.append([])
        }
        rows[number].append(UInt32(row))
      }
    }
    keysOfA = a.map { keys in Set(keys).compactMap { numbers[$0] }.sorted() }
    rowsOfB = rows
    (countA, countB) = (a.count, b.count)
    pairCount = keysOfA.reduce(0) { $0 + Self.union($1, rows).count }
  }

  /// The rows of the second side that share a key with a row of the first, ascending.
  func partners(ofRow row: Int) -> [UInt32] { Self.union(keysOfA[row], rowsOfB) }

  private static func union(_ keys: [Int], _ rows: [[UInt32]]) -> [UInt32] {
    guard keys.count > 1 else { return keys.first.map { rows[$0] } ?? [] }
    var all = keys.flatMap { rows[$0] }
    all.sort()
    var kept = 0
    for index in all.indices where index == 0 || all[index] != all[kept - 1] {
      all[kept] = all[index]
      kept += 1
    }
    all.removeLast(all.count - kept)
    return all
  }

  /// Whether two records are compared.
  public func compares(a: Int, b: Int) -> Bool { partners(ofRow: a).contains(UInt32(b)) }

  /// How good the plan is, by pairs that are known to be of one person (Christen, *Data Matching*, 2012,
  /// section 7.3).
  public func quality(matches: [(a: Int, b: Int)]) -> BlockingQuality {
    let kept = matches.count { compares(a: $0.a, b: $0.b) }
    let all = Double(countA) * Double(countB)
    return BlockingQuality(
      pairCompleteness: matches.isEmpty ? 1 : Double(kept) / Double(matches.count),
      reductionRatio: all == 0 ? 0 : 1 - Double(pairCount) / all
    )
  }
}

/// What blocking keeps of the pairs that matter, and what it saves.
public struct BlockingQuality: Sendable, Hashable, Codable {
  /// The share of pairs of one person that is compared.
  public var pairCompleteness: Double
  /// The share of all pairs that is not compared.
  public var reductionRatio: Double
}
