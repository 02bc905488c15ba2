import BiomatchCore
import Synchronization

/// The rows of both sides as a scan reads them.
struct PreparedCodes: Sendable {
  let rule: CodeRule
  let a: CountedRows
  let b: CountedRows
  /// All rows of the first side in order; none where a scan takes them as they come.
  let sides: [CodeSide]
  /// All rows of the second side in order; none where only some pairs are compared.
  let segments: [CodeSide]
}

/// What is done before a scan: two steps, the parts of each on as many threads as there are.
///
/// What comes of it is the same for any number of threads.
final class CodePreparation: Sendable {
  /// Which rows are put in order.
  enum Arrangement: Sendable {
    /// None: pairs are compared one by one.
    case none
    /// Those of the second side.
    case second
    /// Those of both.
    case both
  }

  enum Step: CaseIterable {
    /// Counts the bits of both sides, and finds the order of their rows.
    case count
    /// Brings the rows into that order.
    case arrange
  }

  /// How many rows of the first side are compared at a time: what fits the nearest cache.
  static let sideRowCount = 256
  /// How many rows a segment of the second side has.
  static let segmentRowCount = 1024
  /// For fewer rows than that another thread costs more than it saves.
  private static let rowsPerThread = 4096

  private struct Side {
    var rows: CountedRows?
    var order: [UInt32] = []
  }

  private let comparison: CodeComparison
  private let arrangement: Arrangement
  private let rule: CodeRule
  private let counted: Mutex<(a: Side, b: Side)>
  /// By the number of the part.
  private let arranged: Mutex<[[CodeSide]]>

  init(_ comparison: CodeComparison, _ arrangement: Arrangement) {
    self.comparison = comparison
    self.arrangement = arrangement
    let rule = CodeRule(
      wordsPerRow: comparison.wordsPerRow,
      least: comparison.least,
      kernels: comparison.kernels
    )
    self.rule =
      arrangement == .none
      ? rule : rule.checked(after: EarlyCheck.word(comparison.a, comparison.b, rule))
    counted = Mutex((Side(), Side()))
    arranged = Mutex(Array(repeating: [], count: Self.partCount(comparison, arrangement)))
  }

  /// Parts of the second step are as many rows as a segment has.
  private static func partCount(_ comparison: CodeComparison, _ arrangement: Arrangement) -> Int {
    let count = segmentRowCount
    let partsOfA = (comparison.a.count + count - 1) / count
    let partsOfB = (comparison.b.count + count - 1) / count
    return switch arrangement {
    case .none: 0
    case .second: partsOfB
    case .both: partsOfA + partsOfB
    }
  }

  /// The parts of a step, which follows on the one before.
  func parallel(_ step: Step) -> ParallelScan {
    let threads = min(
      comparison.options.threads,
      1 + (comparison.a.count + comparison.b.count) / Self.rowsPerThread
    )
    return switch step {
    case .count: ParallelScan(partCount: 2, threads: threads)
    case .arrange: ParallelScan(partCount: arranged.withLock { $0.count }, threads: threads)
    }
  }

  func run(_ step: Step, part: Int) {
    switch step {
    case .count: count(ofA: part == 0)
    case .arrange: arrange(part)
    }
  }

  private func count(ofA: Bool) {
    let codes = ofA ? comparison.a : comparison.b
    let rows = CountedRows(
      codes.words,
      wordsPerRow: comparison.wordsPerRow,
      checked: rule.checked,
      kernels: rule.kernels
    )
    var side = Side(rows: rows)
    if arrangement == .both || arrangement == .second && !ofA {
      var sorter = CountedRows.sorter(wordsPerRow: comparison.wordsPerRow)
      side.order = rows.order(of: 0..<rows.count, &sorter)
    }
    counted.withLock { [side] counted in
      if ofA { counted.a = side } else { counted.b = side }
    }
  }

  private func arrange(_ part: Int) {
    let (a, b) = counted.withLock { $0 }
    let partsOfB = (comparison.b.count + Self.segmentRowCount - 1) / Self.segmentRowCount
    let isOfB = part < partsOfB
    let side = isOfB ? b : a
    guard let rows = side.rows else { preconditionFailure("rows are counted first") }
    let start = (isOfB ? part : part - partsOfB) * Self.segmentRowCount
    let end = min(start + Self.segmentRowCount, rows.count)
    let size = isOfB ? Self.segmentRowCount : Self.sideRowCount
    let sides = stride(from: start, to: end, by: size).map { first in
      CodeSide(rows, order: side.order[first..<min(first + size, end)])
    }
    arranged.withLock { $0[part] = sides }
  }

  /// What came of all steps.
  func prepared() -> PreparedCodes {
    let (a, b) = counted.withLock { $0 }
    guard let rowsA = a.rows, let rowsB = b.rows else {
      preconditionFailure("rows are prepared first")
    }
    let parts = arranged.withLock { $0 }
    let partsOfB = (rowsB.count + Self.segmentRowCount - 1) / Self.segmentRowCount
    return PreparedCodes(
      rule: rule,
      a: rowsA,
      b: rowsB,
      sides: parts.dropFirst(partsOfB).flatMap { $0 },
      segments: parts.prefix(partsOfB).flatMap { $0 }
    )
  }
}
