import BiomatchCore
import Synchronization

/// How many pairs reach the threshold, counted side by side.
final class CodeCount: Sendable {
  /// How many segments of the second side are compared with all of the first before the next: what fits a
  /// cache of a core.
  private static let bandSegmentCount = 4

  private let rule: CodeRule
  private let sides: [CodeSide]
  private let segments: [CodeSide]
  private let found = Atomic(0)

  init(_ prepared: PreparedCodes) {
    rule = prepared.rule
    sides = prepared.sides
    segments = prepared.segments
  }

  /// How many parts there are. Each is short, so that threads end together.
  var partCount: Int { sides.count * segments.count }

  /// Counts the pairs of a part.
  func count(_ part: Int) {
    let bandSize = sides.count * Self.bandSegmentCount
    let (band, place) = part.quotientAndRemainder(dividingBy: bandSize)
    let first = band * Self.bandSegmentCount
    let width = min(Self.bandSegmentCount, segments.count - first)
    let side = sides[place / width]
    found.add(rule.count(side, segments[first + place % width]), ordering: .relaxed)
  }

  /// How many were found in all parts that are done.
  var total: Int { found.load(ordering: .relaxed) }
}
