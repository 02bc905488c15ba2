import BiomatchCore
import Synchronization

/// The rows of an index and what finds them by reference; changed under the index's lock.
struct IndexState: Sendable {
  private let matcher: FingerprintMatcher
  private(set) var generation: UInt64 = 0
  private var layout = RowLayout.next()
  private var memory: [MemoryPart] = []
  private var removed = RowBitmap(rowCount: 0)
  /// The rows in memory that are not removed.
  private var rows: [ReferenceID: Int] = [:]

  init(matcher: FingerprintMatcher) { self.matcher = matcher }

  var snapshot: FingerprintSnapshot {
    FingerprintSnapshot(
      matcher: matcher,
      generation: generation,
      layout: layout,
      parts: memory,
      removed: removed
    )
  }

  /// Adds rows, whose references differ from each other.
  mutating func append(_ parts: [MemoryPart]) throws(FingerprintIndexError) {
    for reference in parts.lazy.flatMap(\.references) where try row(of: reference) != nil {
      throw .duplicateReference(reference)
    }
    let added = parts.reduce(0) { $0 + $1.rowCount }
    guard added <= FingerprintIndex.largestRowCount - removed.rowCount else {
      throw .full(limit: FingerprintIndex.largestRowCount)
    }
    for part in parts {
      for (row, reference) in part.references.enumerated() {
        rows[reference] = removed.rowCount + row
      }
      removed.extend(by: part.rowCount)
      memory.append(part)
      mergeLast()
    }
    changed()
  }

  /// Removes the rows of those references that there are, and counts them.
  mutating func remove(_ references: [ReferenceID]) throws(FingerprintIndexError) -> Int {
    var marks = removed
    for reference in references {
      if let row = try row(of: reference) { marks.insert(row) }
    }
    let count = marks.count - removed.count
    guard count > 0 else { return 0 }
    for reference in references { rows[reference] = nil }
    removed = marks
    changed()
    return count
  }

  /// The row of a reference that is not removed.
  private func row(of reference: ReferenceID) throws(FingerprintIndexError) -> Int? {
    rows[reference]
  }

  /// Merges parts of similar size, so that there are few and a print is copied rarely: as often as
  /// the number of rows has binary digits.
  private mutating func mergeLast() {
    while memory.count > 1 {
      let (last, previous) = (memory[memory.count - 1], memory[memory.count - 2])
      guard previous.byteCount < 2 * last.byteCount,
        previous.byteCount + last.byteCount <= MemoryPart.largestMergedByteCount
      else { return }
      memory.removeLast(2)
      memory.append(MemoryPart(joining: [previous, last]))
    }
  }

  private mutating func changed() {
    generation += 1
    layout = RowLayout.next()
  }
}

/// Numbers for orders of rows, each given once in a process.
private enum RowLayout {
  private static let last = Atomic<UInt64>(0)

  static func next() -> UInt64 { last.wrappingAdd(1, ordering: .relaxed).newValue }
}
