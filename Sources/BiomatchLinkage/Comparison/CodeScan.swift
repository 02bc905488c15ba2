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
  /// From so many candidates on a part stops, and no other part is begun.
  static let candidateLimit = 1 << 19

  let comparison: CodeComparison
  private let prepared: PreparedCodes
  private let form: CandidateKey

  init(_ comparison: CodeComparison, _ prepared: PreparedCodes) {
    self.comparison = comparison
    self.prepared = prepared
    form = CandidateKey(
      wordsPerRow: comparison.wordsPerRow,
      threshold: comparison.options.threshold
    )
  }

  func worker() -> CodeScanWorker {
    CodeScanWorker(
      rows: CodePreparation.sideRowCount * CodePreparation.segmentRowCount,
      order: CountedRows.sorter(wordsPerRow: comparison.wordsPerRow),
      sorter: KeySorter(
        low: Int.bitWidth - comparison.b.count.leadingZeroBitCount,
        high: form.scoreBits
      )
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
    let side = CodeSide(prepared.a, order: prepared.a.order(of: rows, &worker.order)[...])
    var lists = CandidateLists(side, limit: comparison.options.limit, form: form)
    for segment in prepared.segments {
      let fits = worker.hits.compare(side, segment, floors: lists.floors, prepared.rule)
      precondition(fits, "there is room for all pairs")
      lists.add(worker.hits, of: segment)
      if lists.count > most { return nil }
      lists.raiseFloors(&worker.sorter)
    }
    return lists.sorted(&worker.sorter, onesA: prepared.a.ones, onesB: prepared.b.ones)
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
        wordsPerRow: comparison.wordsPerRow
      )
      var found: [CandidatePair] = []
      for (other, common) in zip(others, common) {
        let sum = Int(prepared.a.ones[row]) + Int(prepared.b.ones[Int(other)])
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
  /// Of the rows of a part.
  var order: KeySorter
  /// Of candidates.
  var sorter: KeySorter

  init(rows: Int, order: KeySorter, sorter: KeySorter) {
    hits = CodeHits(capacity: rows)
    self.order = order
    self.sorter = sorter
  }
}
