import BiomatchCore
import Synchronization

/// How far a comparison has come, round by round.
struct CodeScanProgress {
  private let scan: CodeScan
  private let rowCount: Int
  private var row = 0
  /// How many candidates a row had at most in the last round, mean over a part; `nil` before the first.
  private var density: Int?
  private var isLate = false

  init(_ scan: CodeScan) {
    self.scan = scan
    rowCount = scan.comparison.b.count == 0 ? 0 : scan.comparison.a.count
  }

  /// Whether all rows are done.
  var isComplete: Bool { row == rowCount }

  /// The next round; `nil` when all is done, or the deadline has come.
  func next() -> CodeScanRound? {
    guard !isComplete, !isLate else { return nil }
    return CodeScanRound(scan, from: row, density: density)
  }

  /// What a round has found.
  mutating func finish(_ round: CodeScanRound) -> [ScannedPart] {
    let parts = round.done()
    row = parts.last?.rows.upperBound ?? row
    isLate = parts.isEmpty
    density = parts.map { ($0.candidates.count + $0.rows.count - 1) / $0.rows.count }.max()
    return parts
  }
}

/// Some consecutive parts of a comparison, which are scanned at a time; what they find is handed over
/// before the next round begins.
final class CodeScanRound: Sendable {
  /// How many parts a thread has at most.
  private static let partsPerThread = 64
  /// How many rows a part has at least if they have few candidates.
  private static let fewestRows = 64
  /// In how many parts of a thread a round finds all that it may find.
  private static let partsPerFullRound = 2

  private let scan: CodeScan
  private let first: Int
  private let rowCount: Int
  private let found: Mutex<(parts: [ScannedPart?], candidates: Int)>
  /// The scan of all parts.
  let parallel: ParallelScan

  /// The round that follows on a row.
  ///
  /// - Parameter density: how many candidates rows have; `nil` for the first round, which is small, and
  ///   shows that.
  init(_ scan: CodeScan, from first: Int, density: Int?) {
    self.scan = scan
    self.first = first
    let options = scan.comparison.options
    // A part has some share of what a round may find; of the first round no part has too many.
    let parts = density == nil ? 1 : Self.partsPerFullRound * options.threads
    let most = max(1, density ?? scan.comparison.b.count)
    let rest = scan.comparison.a.count - first
    // Few rows where many parts find little, so that threads end together.
    let even = max(Self.fewestRows, rest / options.threads / Self.partsPerThread)
    let rows = min(
      density == nil ? CodePreparation.sideRowCount : min(CodePreparation.sideRowCount, even),
      max(1, CodeScan.candidateLimit / parts / most)
    )
    // A block is compared as a whole.
    rowCount =
      rows < CodeSide.blockRowCount ? rows : rows / CodeSide.blockRowCount * CodeSide.blockRowCount
    let count = min(
      (rest + rowCount - 1) / rowCount,
      options.threads * (density == nil ? 1 : Self.partsPerThread)
    )
    found = Mutex((Array(repeating: nil, count: count), 0))
    parallel = ParallelScan(
      partCount: count,
      threads: options.threads,
      deadline: options.deadline
    )
  }

  /// What a thread keeps from part to part.
  func worker() -> CodeScanWorker { scan.worker() }

  /// Scans a part, unless enough has been found.
  func scan(_ index: Int, _ worker: inout CodeScanWorker) {
    // The first is scanned however late its thread comes: a round without it would end the comparison.
    // Others that are left out, and those behind them, come again in the next round.
    guard index == 0 || found.withLock({ $0.candidates }) <= CodeScan.candidateLimit else { return }
    let start = first + index * rowCount
    let rows = start..<min(start + rowCount, scan.comparison.a.count)
    let part = scan.scan(rows, &worker)
    found.withLock { found in
      found.parts[index] = part
      found.candidates += part.isCut ? CodeScan.candidateLimit + 1 : part.candidates.count
    }
  }

  /// The parts that are done, without a gap; at least one, unless the deadline came before.
  func done() -> [ScannedPart] {
    found.withLock { found in
      var done: [ScannedPart] = []
      for part in found.parts {
        guard let part else { break }
        done.append(part)
        if part.isCut { break }
      }
      found.parts = []
      return done
    }
  }
}
