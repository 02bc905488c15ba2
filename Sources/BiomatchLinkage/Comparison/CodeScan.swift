import BiomatchCore
import Synchronization

/// What was found for consecutive rows of the first side.
struct ScannedPart: Sendable {
  var rows: Range<Int>
  /// In the order of the list.
  var candidates: [CandidatePair]
  /// Whether there were too many candidates for all rows that were asked for.
  var isCut = false
}

/// The work of one comparison: rows of the first side, some at a time, against segments of the second.
final class CodeScan: Sendable {
  /// How many rows of the first side are compared at a time: what fits the nearest cache.
  static let partRowCount = 256
  /// How many rows a segment of the second side has.
  private static let segmentRowCount = 1024
  /// How many parts a thread has before what was found is handed over.
  private static let partsPerThread = 16
  /// From so many candidates on a part stops, and no other part is begun.
  private static let candidateLimit = 1 << 19

  private let comparison: CodeComparison
  private let segments: [CodeSide]
  private let countsA: [RowOnes]
  private let checked: Int

  init(_ comparison: CodeComparison) {
    self.comparison = comparison
    let (a, b, width) = (comparison.a, comparison.b, comparison.a.wordsPerRow)
    guard comparison.blocks == nil else {
      (segments, countsA, checked) = ([], [], width)
      return
    }
    checked = EarlyCheck.word(of: comparison)
    countsA = Self.counts(a, comparison.onesA, from: checked)
    let countsB = Self.counts(b, comparison.onesB, from: checked)
    segments = CodeSide.segments(
      b.words,
      wordsPerRow: width,
      counts: countsB,
      rowCount: Self.segmentRowCount
    )
  }

  private static func counts(_ codes: Codes, _ ones: [UInt16], from word: Int) -> [RowOnes] {
    let width = codes.wordsPerRow
    return ones.indices.map { row in
      let rest = codes.words[row * width + word..<(row + 1) * width]
      return RowOnes(all: ones[row], rest: UInt16(rest.reduce(0) { $0 + $1.nonzeroBitCount }))
    }
  }

  /// Compares the rows from `first` on, in parts of so many, and returns those parts that are done, at least
  /// one, without a gap.
  func parts(from first: Int, rows: Int) -> [ScannedPart] {
    let count = min(
      (comparison.a.count - first + rows - 1) / rows,
      Self.partsPerThread * comparison.options.threads
    )
    let found = Mutex((parts: [ScannedPart?](repeating: nil, count: count), candidates: 0))
    let scan = ParallelScan(partCount: count, threads: comparison.options.threads)
    _ = scan.runBlocking(
      worker: { CodeScanWorker(rows: Self.partRowCount * Self.segmentRowCount) },
      part: { index, worker in
        // Later parts find no fewer candidates: what is done has no gap.
        guard found.withLock({ $0.candidates }) <= Self.candidateLimit else { return }
        let start = first + index * rows
        let part = self.scan(start..<min(start + rows, self.comparison.a.count), worker)
        found.withLock { found in
          found.parts[index] = part
          found.candidates += part.isCut ? Self.candidateLimit + 1 : part.candidates.count
        }
      }
    )
    var done: [ScannedPart] = []
    for part in found.withLock({ $0.parts }) {
      guard let part else { break }
      done.append(part)
      if part.isCut { break }
    }
    return done
  }

  private func scan(_ rows: Range<Int>, _ worker: CodeScanWorker) -> ScannedPart {
    if let blocks = comparison.blocks { return scan(rows, of: blocks) }
    var rows = rows
    var isCut = false
    while true {
      let most = rows.count == 1 ? Int.max : Self.candidateLimit
      if let candidates = scan(rows, worker, most: most) {
        return ScannedPart(rows: rows, candidates: candidates, isCut: isCut)
      }
      rows = rows.lowerBound..<rows.lowerBound + rows.count / 2
      isCut = true
    }
  }

  /// The candidates of rows; `nil` when there are more than `most`.
  private func scan(
    _ rows: Range<Int>,
    _ worker: CodeScanWorker,
    most: Int
  ) -> [CandidatePair]? {
    let width = comparison.a.wordsPerRow
    let side = CodeSide(comparison.a.words, wordsPerRow: width, range: rows, counts: countsA)
    let lists = CandidateLists(side.order, limit: comparison.options.limit)
    for segment in segments {
      let fits = worker.hits.compare(
        side,
        segment,
        wordsPerRow: width,
        checked: checked,
        floors: lists.floors,
        least: comparison.least,
        kernels: comparison.kernels
      )
      precondition(fits, "there is room for all pairs")
      for index in 0..<worker.hits.count {
        let hit = worker.hits[index]
        let sum = side.ones(at: hit.a) + segment.ones(at: hit.b)
        lists.add(
          CandidatePair(
            a: Int(side.order[hit.a]),
            b: Int(segment.order[hit.b]),
            score: DiceThreshold.score(common: Int(hit.common), sum: sum)
          ),
          place: hit.a
        )
      }
      if lists.count > most { return nil }
      lists.raiseFloors()
    }
    return lists.sorted()
  }

  /// The candidates of rows among those that share a block with them.
  private func scan(_ rows: Range<Int>, of blocks: BlockPlan) -> ScannedPart {
    var candidates: [CandidatePair] = []
    for row in rows {
      let others = blocks.partners(ofRow: row)
      let common = comparison.kernels.common(
        comparison.a.words,
        row: row,
        with: comparison.b.words,
        rows: others,
        wordsPerRow: comparison.a.wordsPerRow
      )
      var found: [CandidatePair] = []
      for (other, common) in zip(others, common) {
        let sum = Int(comparison.onesA[row]) + Int(comparison.onesB[Int(other)])
        guard common >= comparison.least[sum] else { continue }
        let score = DiceThreshold.score(common: Int(common), sum: sum)
        found.append(CandidatePair(a: row, b: Int(other), score: score))
      }
      found.sort { $0.isListed(before: $1) }
      candidates += found.prefix(comparison.options.limit ?? found.count)
      if candidates.count > Self.candidateLimit, row + 1 < rows.upperBound {
        return ScannedPart(rows: rows.lowerBound..<row + 1, candidates: candidates, isCut: true)
      }
    }
    return ScannedPart(rows: rows, candidates: candidates)
  }
}

/// What one thread keeps from part to part.
final class CodeScanWorker {
  let hits: CodeHits

  init(rows: Int) { hits = CodeHits(capacity: rows) }
}
