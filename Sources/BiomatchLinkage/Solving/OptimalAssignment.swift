/// One-to-one links with the largest sum of scores: shortest augmenting paths with potentials (Jonker,
/// Volgenant, doi:10.1007/BF02278710), over the candidates alone, component by component.
///
/// Scores count as whole multiples of 2^-40, so sums are exact and no order of work changes the answer.
/// Every record of the first side may also stay alone, which counts nothing.
struct OptimalAssignment {
  private static let unit = Double(1 << 40)

  /// A candidate as its row sees it.
  private struct Edge {
    var column: Int
    var cost: Int
    var pair: CandidatePair
  }

  private var edges: [[Edge]]
  private let columnCount: Int
  /// The row that has a column; -1 for none. Column `columnCount + row` stands for no partner.
  private var rowOf: [Int]
  private var edgeOf: [Edge?]
  private var rowPotential: [Int]
  private var columnPotential: [Int]
  // Of the search from one row; only what was touched is reset.
  private var distance: [Int]
  private var previousRow: [Int]
  private var isDone: [Bool]

  /// The links among pairs, best first.
  static func links(_ pairs: [CandidatePair]) -> [CandidatePair] {
    var links: [CandidatePair] = []
    for component in CandidateComponents.of(pairs) {
      // Most components are a pair, or a record with several: no assignment is needed.
      if component.count == 1 {
        links += component
      } else {
        var assignment = OptimalAssignment(component)
        links += assignment.solve()
      }
    }
    links.sort { $0.isBetter(than: $1) }
    return links
  }

  private init(_ pairs: [CandidatePair]) {
    let rows = Self.numbers(pairs.map(\.a))
    let columns = Self.numbers(pairs.map(\.b))
    columnCount = columns.count
    edges = Array(repeating: [], count: rows.count)
    // By columns, so that of equally short paths the lowest rows are found first.
    for pair in pairs.sorted(by: { ($0.a, $0.b) < ($1.a, $1.b) }) {
      guard let row = rows[pair.a], let column = columns[pair.b] else { continue }
      let cost = -Int((pair.score * Self.unit).rounded())
      if let last = edges[row].last, last.column == column {
        if cost < last.cost { edges[row][edges[row].count - 1].cost = cost }
        if pair.score > last.pair.score { edges[row][edges[row].count - 1].pair = pair }
      } else {
        edges[row].append(Edge(column: column, cost: cost, pair: pair))
      }
    }
    let all = columnCount + rows.count
    rowOf = Array(repeating: -1, count: all)
    edgeOf = Array(repeating: nil, count: all)
    rowPotential = Array(repeating: 0, count: rows.count)
    columnPotential = Array(repeating: 0, count: all)
    distance = Array(repeating: .max, count: all)
    previousRow = Array(repeating: -1, count: all)
    isDone = Array(repeating: false, count: all)
  }

  private static func numbers(_ rows: [Int]) -> [Int: Int] {
    let unique = Set(rows).sorted()
    return Dictionary(uniqueKeysWithValues: unique.enumerated().map { ($1, $0) })
  }

  private mutating func solve() -> [CandidatePair] {
    for row in edges.indices { augment(from: row) }
    return edgeOf.compactMap { $0?.pair }
  }

  /// Finds the row a column, or none, and other rows others where that is better for all.
  private mutating func augment(from first: Int) {
    // Then no edge of the row has a negative reduced cost.
    rowPotential[first] = min(
      0 - columnPotential[columnCount + first],
      edges[first].map { $0.cost - columnPotential[$0.column] }.min() ?? 0
    )
    var heap = DistanceHeap()
    var touched: [Int] = []
    var (row, base, end) = (first, 0, -1)
    while true {
      let reach = base - rowPotential[row]
      for edge in edges[row] {
        relax(edge.column, reach + edge.cost, from: row, &heap, &touched)
      }
      relax(columnCount + row, reach, from: row, &heap, &touched)
      guard let next = heap.popFirst(where: { !isDone[$0.column] }) else { return }
      isDone[next.column] = true
      base = next.distance
      if rowOf[next.column] < 0 {
        end = next.column
        break
      }
      row = rowOf[next.column]
    }
    rowPotential[first] += base
    for column in touched where isDone[column] && column != end {
      rowPotential[rowOf[column]] += base - distance[column]
      columnPotential[column] -= base - distance[column]
    }
    assign(end, first)
    for column in touched {
      distance[column] = .max
      isDone[column] = false
    }
  }

  private mutating func relax(
    _ column: Int,
    _ reach: Int,
    from row: Int,
    _ heap: inout DistanceHeap,
    _ touched: inout [Int]
  ) {
    let length = reach - columnPotential[column]
    guard !isDone[column], length < distance[column] else { return }
    if distance[column] == .max { touched.append(column) }
    distance[column] = length
    previousRow[column] = row
    heap.push(DistanceHeap.Entry(distance: length, column: column))
  }

  /// Gives the columns of the path that ends here to the rows before them.
  private mutating func assign(_ end: Int, _ first: Int) {
    var column = end
    while true {
      let row = previousRow[column]
      // The column that the row gives up for this one.
      let given = row == first ? -1 : columnOf(row)
      rowOf[column] = row
      edgeOf[column] = edges[row].first { $0.column == column }
      if given < 0 { return }
      column = given
    }
  }

  private func columnOf(_ row: Int) -> Int {
    if rowOf[columnCount + row] == row { return columnCount + row }
    return edges[row].first { rowOf[$0.column] == row && isDone[$0.column] }?.column ?? -1
  }
}

/// Columns by distance, nearest first, of equal distances the lowest.
private struct DistanceHeap {
  struct Entry {
    var distance: Int
    var column: Int

    func isNearer(than other: Entry) -> Bool {
      distance == other.distance ? column < other.column : distance < other.distance
    }
  }

  private var entries: [Entry] = []

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0, entries[child].isNearer(than: entries[(child - 1) / 2]) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Removes entries until one is wanted.
  mutating func popFirst(where isWanted: (Entry) -> Bool) -> Entry? {
    while let entry = pop() { if isWanted(entry) { return entry } }
    return nil
  }

  private mutating func pop() -> Entry? {
    guard let first = entries.first, let last = entries.popLast() else { return nil }
    guard !entries.isEmpty else { return first }
    entries[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < entries.count else { return first }
      if child + 1 < entries.count, entries[child + 1].isNearer(than: entries[child]) { child += 1 }
      guard entries[child].isNearer(than: entries[parent]) else { return first }
      entries.swapAt(child, parent)
      parent = child
    }
  }
}
