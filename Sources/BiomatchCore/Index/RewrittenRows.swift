/// Which saved rows a save writes anew besides those in memory.
enum RewrittenRows: Sendable {
  /// Those of the last segments while they have less than twice as many rows as are written anyway, and
  /// at most so many together.
  case few(upTo: Int)
  /// Those of segments that have removed rows.
  case affected
  /// All.
  case all
}

extension IndexState {
  /// What becomes of rows that follow each other.
  enum RowGroup {
    case kept(Kind.Saved, firstRow: Int)
    /// `isSaved` tells whether some are in a segment already.
    case rewritten([RowRun<IndexPart<Kind>>], isSaved: Bool)
  }

  /// All rows that are not removed, in their order; removed ones are left in segments that are kept.
  func groups(rewriting rewritten: RewrittenRows) -> [RowGroup] {
    let kept = kept(rewriting: rewritten)
    var groups: [RowGroup] = []
    var (runs, isSaved): ([RowRun<IndexPart<Kind>>], Bool) = ([], false)
    var firstRow = 0
    for (index, part) in parts.enumerated() {
      if index < saved.count, kept[index] {
        if isSaved || !runs.isEmpty { groups.append(.rewritten(runs, isSaved: isSaved)) }
        groups.append(.kept(saved[index], firstRow: firstRow))
        (runs, isSaved) = ([], false)
      } else {
        runs += liveRows(of: part, count: part.rowCount, firstRow: firstRow)
        isSaved = isSaved || !part.isInMemory
      }
      firstRow += part.rowCount
    }
    if isSaved || !runs.isEmpty { groups.append(.rewritten(runs, isSaved: isSaved)) }
    return groups
  }

  /// Which saved parts are not written anew.
  private func kept(rewriting rewritten: RewrittenRows) -> [Bool] {
    switch rewritten {
    case .all: return saved.map { _ in false }
    case .affected:
      var firstRow = 0
      return saved.map { part in
        defer { firstRow += part.rows.count }
        return removed.gaps(in: firstRow..<firstRow + part.rows.count)
          == [firstRow..<firstRow + part.rows.count]
      }
    case .few(let limit):
      let count = largerPartCount(upTo: limit)
      return saved.indices.map { $0 < count }
    }
  }

  /// How many saved parts lie in front of those so small that a save writes them anew with the rows in
  /// memory: else every save would leave one more for good. A row is written as often as the number of
  /// rows has binary digits.
  private func largerPartCount(upTo limit: Int) -> Int {
    var added = removed.rowCount - saved.reduce(0) { $0 + $1.rows.count }
    guard added > 0 else { return saved.count }
    var kept = saved[...]
    while let last = kept.last, last.rows.count < 2 * added, last.rows.count + added <= limit {
      added += last.rows.count
      kept.removeLast()
    }
    return kept.count
  }
}
