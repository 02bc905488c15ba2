import BiomatchCore

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
  /// From so many candidates on a part stops, and no other part is begun.
  static let candidateLimit = 1 << 19

  let comparison: CodeComparison
  private let rule: CodeRule
  private let segments: [CodeSide]
  private let countsA: [RowOnes]
  private let form: CandidateKey

  init(_ comparison: CodeComparison) {
    self.comparison = comparison
    let (a, b, width) = (comparison.a, comparison.b, comparison.a.wordsPerRow)
    let checked = comparison.blocks == nil ? EarlyCheck.word(of: comparison) : width
    form = CandidateKey(wordsPerRow: width, threshold: comparison.options.threshold)
    rule = CodeRule(
      wordsPerRow: width,
      checked: checked,
      least: comparison.least,
      kernels: comparison.kernels
    )
    guard comparison.blocks == nil else {
      (segments, countsA) = ([], [])
      return
    }
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

  func worker() -> CodeScanWorker {
    CodeScanWorker(
      rows: Self.partRowCount * Self.segmentRowCount,
      sorter: KeySorter(
        low: Int.bitWidth - comparison.b.count.leadingZeroBitCount,
        high: form.scoreBits
      )
    )
  }

  /// How many parts there are of as many rows as fit.
  var partCount: Int {
    (comparison.a.count + Self.partRowCount - 1) / Self.partRowCount
  }

  /// How many pairs of the rows of a part reach the threshold.
  func count(_ part: Int) -> Int {
    let start = part * Self.partRowCount
    let side = side(start..<min(start + Self.partRowCount, comparison.a.count))
    return segments.reduce(0) { $0 + rule.count(side, $1) }
  }

  private func side(_ rows: Range<Int>) -> CodeSide {
    CodeSide(
      comparison.a.words,
      wordsPerRow: comparison.a.wordsPerRow,
      range: rows,
      counts: countsA
    )
  }

  /// The candidates of some rows, or of the first of them where there are too many.
  func scan(_ rows: Range<Int>, _ worker: inout CodeScanWorker) -> ScannedPart {
    if let blocks = comparison.blocks { return scan(rows, of: blocks) }
    var rows = rows
    var isCut = false
    while true {
      let most = rows.count == 1 ? Int.max : Self.candidateLimit
      if let candidates = scan(rows, &worker, most: most) {
        return ScannedPart(rows: rows, candidates: candidates, isCut: isCut)
      }
      rows = rows.lowerBound..<rows.lowerBound + rows.count / 2
      isCut = true
    }
  }

  /// The candidates of rows; `nil` when there are more than `most`.
  private func scan(
    _ rows: Range<Int>,
    _ worker: inout CodeScanWorker,
    most: Int
  ) -> [CandidatePair]? {
    let side = side(rows)
    var lists = CandidateLists(side, limit: comparison.options.limit, form: form)
    for segment in segments {
      let fits = worker.hits.compare(side, segment, floors: lists.floors, rule)
      precondition(fits, "there is room for all pairs")
      lists.add(worker.hits, of: segment)
      if lists.count > most { return nil }
      lists.raiseFloors(&worker.sorter)
    }
    return lists.sorted(&worker.sorter, onesA: comparison.onesA, onesB: comparison.onesB)
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
struct CodeScanWorker {
  let hits: CodeHits
  var sorter: KeySorter

  init(rows: Int, sorter: KeySorter) {
    hits = CodeHits(capacity: rows)
    self.sorter = sorter
  }
}
