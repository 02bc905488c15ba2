import BiomatchCore

/// Which pairs of samples are compared: all of them, or so many of each kind, drawn at random.
///
/// Genuine pairs are few among all, so both kinds are drawn apart: rates are shares of one kind, and
/// remain what they are.
public struct SamplePairs: Sendable {
  /// The samples.
  public let groups: SampleGroups
  /// How many pairs are of one subject.
  public let genuineCount: Int
  /// How many pairs are of two subjects.
  public let impostorCount: Int
  private let genuine: Choice
  private let impostor: Choice

  private enum Choice: Sendable {
    case all
    case drawn(DrawnPairs)

    var isAll: Bool { if case .all = self { true } else { false } }
  }

  /// Pairs of the given samples.
  ///
  /// - Parameters:
  ///   - limit: how many genuine pairs, and how many impostor pairs, are compared at most; all for
  ///     `nil`.
  ///   - seed: which are drawn; the result depends on nothing else.
  /// - Complexity: O(samples), and O(limit × log limit) to draw.
  public init(of groups: SampleGroups, limit: Int? = nil, seed: UInt64 = 1) {
    precondition(limit ?? 1 > 0, "at least one pair is drawn")
    self.groups = groups
    let all = (
      genuine: PairNumbers(count: groups.count) { $0 + 1..<groups.mates(of: $0).upperBound },
      impostor: PairNumbers(count: groups.count) { groups.mates(of: $0).upperBound..<groups.count }
    )
    genuineCount = min(all.genuine.total, limit ?? .max)
    impostorCount = min(all.impostor.total, limit ?? .max)
    var random = SeededGenerator(seed: seed)
    genuine =
      genuineCount == all.genuine.total
      ? .all : .drawn(DrawnPairs(genuineCount, of: all.genuine, using: &random))
    impostor =
      impostorCount == all.impostor.total
      ? .all : .drawn(DrawnPairs(impostorCount, of: all.impostor, using: &random))
  }

  /// How many pairs there are.
  public var count: Int { genuineCount + impostorCount }

  /// How many genuine pairs of each subject are compared.
  func genuineCounts() -> [Int] {
    switch genuine {
    case .all:
      (0..<groups.subjectCount).map {
        let count = groups.positions(of: $0).count
        return count * (count - 1) / 2
      }
    case .drawn(let pairs):
      pairs.reduce(into: Array(repeating: 0, count: groups.subjectCount)) { counts, position, _ in
        counts[groups.subjects[position]] += 1
      }
    }
  }

  /// How often the impostor pairs count when each counts as often as the product of its subjects'
  /// weights says.
  ///
  /// - Complexity: O(subjects) for all pairs, O(pairs) for drawn ones.
  func impostorWeight(_ weights: [Int]) -> Int {
    switch impostor {
    case .all:
      let counts = weights.indices.map { weights[$0] * groups.positions(of: $0).count }
      let sum = counts.reduce(0, +)
      return (sum * sum - counts.reduce(0) { $0 + $1 * $1 }) / 2
    case .drawn(let pairs):
      return pairs.reduce(into: 0) { sum, position, other in
        sum += weights[groups.subjects[position]] * weights[groups.subjects[other]]
      }
    }
  }

  // MARK: Blocks

  /// How many samples in a row are compared together, and with how many: their values are to stay in
  /// the processor's cache.
  private static let (blockSize, tileSize) = (32, 256)

  /// How many blocks of pairs there are.
  var blockCount: Int { (groups.count + Self.blockSize - 1) / Self.blockSize }

  /// Calls `body` with pairs of a sample with samples behind it, as ranges of positions, until each
  /// pair of the block was in one.
  func forEachRun(
    inBlock block: Int,
    _ body: (_ position: Int, _ others: Range<Int>, _ isGenuine: Bool) throws -> Void
  ) rethrows {
    let rows = block * Self.blockSize..<min(groups.count, (block + 1) * Self.blockSize)
    if case .drawn(let pairs) = genuine {
      try pairs.forEach(of: rows) { try body($0, $1..<$1 + 1, true) }
    }
    if case .drawn(let pairs) = impostor {
      try pairs.forEach(of: rows) { try body($0, $1..<$1 + 1, false) }
    }
    let (hasGenuine, hasImpostor) = (genuine.isAll, impostor.isAll)
    guard hasGenuine || hasImpostor else { return }
    for start in stride(from: rows.lowerBound, to: groups.count, by: Self.tileSize) {
      let tile = start..<min(groups.count, start + Self.tileSize)
      for position in rows {
        let mates = position + 1..<groups.mates(of: position).upperBound
        let strangers = mates.upperBound..<groups.count
        let runs = (mates.clamped(to: tile), strangers.clamped(to: tile))
        if hasGenuine, !runs.0.isEmpty { try body(position, runs.0, true) }
        if hasImpostor, !runs.1.isEmpty { try body(position, runs.1, false) }
      }
    }
  }
}
