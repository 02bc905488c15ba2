/// The state of an index at one moment, for searches: it never changes.
package struct IndexSnapshot<Kind: IndexKind>: Sendable {
  package let kind: Kind
  /// The state of the content; every append and removal counts it up.
  package let generation: UInt64
  /// Names the order of rows: two snapshots of equal layout number have the same rows.
  package let layout: UInt64
  package let parts: [IndexPart<Kind>]
  /// Number of the first row of each part.
  package let firstRows: [Int]
  package let removed: RowBitmap

  /// How many rows there are, removed ones included.
  package var rowCount: Int { removed.rowCount }
  /// How many rows can be found.
  package var count: Int { removed.rowCount - removed.count }

  init(
    kind: Kind,
    generation: UInt64,
    layout: UInt64,
    parts: [IndexPart<Kind>],
    removed: RowBitmap
  ) {
    self.kind = kind
    self.generation = generation
    self.layout = layout
    self.parts = parts
    self.removed = removed
    var row = 0
    firstRows = parts.map { part in
      defer { row += part.rowCount }
      return row
    }
    precondition(row == removed.rowCount, "there is a mark a row")
  }

  /// The part that holds a row, and the row's number there.
  package func locate(_ row: Int) -> (part: IndexPart<Kind>, row: Int) {
    var (low, high) = (0, firstRows.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstRows[middle] <= row { low = middle } else { high = middle }
    }
    return (parts[low], row - firstRows[low])
  }

  /// The rows that are not removed, in their order.
  package var liveRows: [RowRun<IndexPart<Kind>>] {
    zip(parts, firstRows).flatMap { part, firstRow in
      removed.gaps(in: firstRow..<firstRow + part.rowCount).map { rows in
        RowRun(part, rows.lowerBound - firstRow..<rows.upperBound - firstRow)
      }
    }
  }

  /// The candidates that the rows are, best first.
  package func candidates(_ best: TopK<CandidateKey>) throws(IndexError) -> [Candidate] {
    var candidates: [Candidate] = []
    for entry in best.sorted() {
      let (part, row) = locate(entry.key.row)
      candidates.append(
        Candidate(
          reference: try part.reference(ofRow: row),
          subject: try part.subject(ofRow: row),
          score: entry.score,
          rank: candidates.count + 1
        )
      )
    }
    return candidates
  }

  /// Which of the 64 rows from `row` on are neither removed nor left out by a selection of this
  /// snapshot, the first in the lowest bit; rows behind the last are not.
  package func sought(from row: Int, _ selection: RowSelection?) -> UInt64 {
    let behind = rowCount - row
    guard behind > 0 else { return 0 }
    let all = behind < 64 ? UInt64(1) << UInt64(behind) - 1 : .max
    let kept = all & ~removed.word(from: row)
    return selection.map { kept & $0.rows.word(from: row) } ?? kept
  }

  /// Whether a row is neither removed nor left out by a selection of this snapshot.
  package func isSought(_ row: Int, _ selection: RowSelection?) -> Bool {
    !removed.contains(row) && selection?.rows.contains(row) ?? true
  }
}
