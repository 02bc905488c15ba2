import Synchronization

/// The rows of an index and what finds them by reference; changed under the index's lock.
package struct IndexState<Kind: IndexKind>: Sendable {
  /// A saved index, as it was read or written last.
  struct Place: Sendable, Hashable {
    var directory: IndexDirectory
    var manifest: IndexManifest
  }

  let kind: Kind
  private(set) var generation: UInt64 = 0
  /// Where the index is saved; `nil` while it is in memory only.
  private(set) var place: Place?
  /// The keys that it is sealed by there; `nil` for none.
  private(set) var seal: IndexSeal?
  /// What a save has put in place that failed all the same, because nobody knows whether it would
  /// survive a loss of power; `nil` once a save has succeeded.
  var unconfirmed: Place?
  private(set) var layout = RowLayout.next()
  /// Saved rows, and behind them those in memory.
  private(set) var saved: [Kind.Saved] = []
  private(set) var memory: [Kind.Memory] = []
  private(set) var removed = RowBitmap(rowCount: 0)
  /// Where the marks of removed rows are saved, open for as long as the state is: another process may
  /// have saved since, and removed the file.
  private(set) var savedMarks: Segment?
  /// The rows in memory that are not removed.
  private var rows: [ReferenceID: Int] = [:]

  /// No rows, in memory.
  init(kind: Kind) { self.kind = kind }

  /// The rows of a saved index.
  init(
    kind: Kind,
    place: Place,
    seal: IndexSeal?,
    saved: [Kind.Saved],
    removed: RowBitmap,
    savedMarks: Segment?
  ) {
    self.kind = kind
    self.place = place
    self.seal = seal
    self.saved = saved
    self.removed = removed
    self.savedMarks = savedMarks
    generation = place.manifest.generation
  }

  /// Takes another manifest of the same files for that of the saved index.
  mutating func move(to place: Place, _ seal: IndexSeal) {
    (self.place, self.seal) = (place, seal)
  }

  var snapshot: IndexSnapshot<Kind> {
    IndexSnapshot(
      kind: kind,
      generation: generation,
      layout: layout,
      parts: parts,
      removed: removed
    )
  }

  /// The parts in the order of their rows.
  var parts: [IndexPart<Kind>] { saved.map { .saved($0) } + memory.map { .memory($0) } }

  /// Adds rows, whose references differ from each other.
  ///
  /// - Parameter areNew: whether it is known that saved rows have none of the references.
  mutating func append(_ parts: [Kind.Memory], areNew: Bool) throws(IndexError) {
    let references = parts.flatMap(\.rows.references)
    let found = areNew ? references.map { rows[$0] } : try rows(of: references)
    if let index = found.firstIndex(where: { $0 != nil }) {
      throw .duplicateReference(references[index])
    }
    let added = references.count
    guard added <= IndexManifest.largestRowCount - removed.rowCount else {
      throw .full(limit: IndexManifest.largestRowCount)
    }
    rows.reserveCapacity(rows.count + added)
    for part in parts { add(part) }
    generation += 1
    layout = RowLayout.next()
  }

  /// Removes the rows of those references that there are, and counts them.
  mutating func remove(_ references: [ReferenceID]) throws(IndexError) -> Int {
    var marks = removed
    for row in try rows(of: references) {
      if let row { marks.insert(row) }
    }
    let count = marks.count - removed.count
    guard count > 0 else { return 0 }
    for reference in references { rows[reference] = nil }
    removed = marks
    generation += 1
    layout = RowLayout.next()
    return count
  }

  /// Drops removed rows and merges what is left, in memory.
  mutating func compactMemory() {
    precondition(saved.isEmpty, "saved rows are compacted by writing them anew")
    var firstRow = 0
    var compacted: [Kind.Memory] = []
    for part in memory {
      let runs = liveRows(of: part, count: part.rows.count, firstRow: firstRow)
      if !runs.isEmpty { compacted.append(kind.join(runs)) }
      firstRow += part.rows.count
    }
    (memory, rows, removed) = ([], [:], RowBitmap(rowCount: 0))
    for part in compacted { add(part) }
    layout = RowLayout.next()
  }

  /// The rows of a part that are not removed.
  ///
  /// - Parameter firstRow: the number of the part's first row in the index.
  func liveRows<Part>(of part: Part, count: Int, firstRow: Int) -> [RowRun<Part>] {
    removed.gaps(in: firstRow..<firstRow + count).map { rows in
      RowRun(part, rows.lowerBound - firstRow..<rows.upperBound - firstRow)
    }
  }

  private mutating func add(_ part: Kind.Memory) {
    for (row, reference) in part.rows.references.enumerated() {
      rows[reference] = removed.rowCount + row
    }
    removed.extend(by: part.rows.count)
    memory.append(part)
    mergeLast()
  }

  /// The rows that are not removed, from row `first` on, where a part starts.
  package func liveRows(from first: Int) -> [RowRun<IndexPart<Kind>>] {
    var runs: [RowRun<IndexPart<Kind>>] = []
    var firstRow = 0
    for part in parts {
      if firstRow >= first {
        runs += liveRows(of: part, count: part.rowCount, firstRow: firstRow)
      }
      firstRow += part.rowCount
    }
    return runs
  }

  /// The references of all rows of those subjects that are not removed.
  func references(of subjects: [SubjectID]) throws(IndexError) -> [ReferenceID] {
    let keys = Set(subjects.map { Array($0.string.utf8) })
    var found: [ReferenceID] = []
    var firstRow = 0
    for part in saved {
      for row in try part.rows.rows(ofSubjects: keys) where !removed.contains(firstRow + row) {
        found.append(try part.rows.reference(ofRow: row))
      }
      firstRow += part.rows.count
    }
    for part in memory {
      for (row, subject) in part.rows.subjects.enumerated()
      where keys.contains(Array(subject.string.utf8)) && !removed.contains(firstRow + row) {
        found.append(part.rows.references[row])
      }
      firstRow += part.rows.count
    }
    return found
  }

  /// The row of each reference that is not removed, `nil` for those without one.
  func rows(of references: [ReferenceID]) throws(IndexError) -> [Int?] {
    var found = references.map { rows[$0] }
    guard !saved.isEmpty else { return found }
    let keys = references.map { ReferenceKey($0) }
    let ascending = keys.indices.sorted { keys[$0] < keys[$1] }
    var firstRow = 0
    for part in saved {
      for (index, row) in try part.rows.rows(of: keys, ascending: ascending).enumerated() {
        if let row, !removed.contains(firstRow + row) { found[index] = firstRow + row }
      }
      firstRow += part.rows.count
    }
    return found
  }

  /// Merges parts of similar size, so that there are few and a row is copied rarely: as often as
  /// the number of rows has binary digits.
  private mutating func mergeLast() {
    while memory.count > 1 {
      let (last, previous) = (memory[memory.count - 1], memory[memory.count - 2])
      guard previous.byteCount < 2 * last.byteCount,
        previous.byteCount + last.byteCount <= kind.limits.mergedByteCount
      else { return }
      memory.removeLast(2)
      memory.append(kind.join([previous, last].map { RowRun($0, 0..<$0.rows.count) }))
    }
  }
}

/// Numbers for orders of rows, each given once in a process.
enum RowLayout {
  private static let last = Atomic<UInt64>(0)

  static func next() -> UInt64 { last.wrappingAdd(1, ordering: .relaxed).newValue }
}
