/// Runs of rows one behind the other, as a new part gets them: its rows are counted over all runs.
package struct RowRuns<Part: Sendable>: Sendable {
  private let runs: [RowRun<Part>]
  /// The number of the first row of each run.
  private let firstRows: [Int]
  /// How many rows there are.
  package let count: Int

  package init(_ runs: [RowRun<Part>]) {
    self.runs = runs
    var count = 0
    firstRows = runs.map { run in
      defer { count += run.rows.count }
      return count
    }
    self.count = count
  }

  /// The runs that these rows consist of.
  ///
  /// - Complexity: O(log r + k) for r runs, of which these are k.
  package subscript(rows: Range<Int>) -> [RowRun<Part>] {
    precondition(0 <= rows.lowerBound && rows.upperBound <= count, "the rows are those of the runs")
    var (low, high) = (0, runs.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstRows[middle] <= rows.lowerBound { low = middle } else { high = middle }
    }
    var found: [RowRun<Part>] = []
    while low < runs.count, firstRows[low] < rows.upperBound {
      let (run, first) = (runs[low], firstRows[low])
      let part = rows.clamped(to: first..<first + run.rows.count)
      let start = run.rows.lowerBound + part.lowerBound - first
      if !part.isEmpty { found.append(RowRun(run.part, start..<start + part.count)) }
      low += 1
    }
    return found
  }
}
