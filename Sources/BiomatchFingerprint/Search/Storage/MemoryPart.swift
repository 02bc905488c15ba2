import BiomatchCore

/// Rows in memory.
final class MemoryPart: IndexPart {
  /// Parts of more bytes are not merged, so that no append copies more.
  static let largestMergedByteCount = 1 << 24

  let references: [ReferenceID]
  let subjects: [SubjectID]
  let positions: [UInt8]
  let starts: [UInt32]
  let arena: [UInt8]

  var rowCount: Int { references.count }
  var arenaByteCount: Int { arena.count }

  /// The parts' rows one behind the other, without those that are to be dropped.
  ///
  /// - Parameter keeps: whether a row of a part, by number, is kept.
  init(
    joining parts: [MemoryPart],
    where keeps: (_ part: Int, _ row: Int) -> Bool = { _, _ in true }
  ) {
    var builder = MemoryPartBuilder()
    builder.reserve(
      rows: parts.reduce(0) { $0 + $1.rowCount },
      arenaByteCount: parts.reduce(0) { $0 + $1.arena.count }
    )
    for (index, part) in parts.enumerated() {
      for row in 0..<part.rowCount where keeps(index, row) { builder.append(row, of: part) }
    }
    (references, subjects, positions) = (builder.references, builder.subjects, builder.positions)
    (starts, arena) = (builder.starts, builder.arena)
  }

  init(_ builder: MemoryPartBuilder) {
    (references, subjects, positions) = (builder.references, builder.subjects, builder.positions)
    (starts, arena) = (builder.starts, builder.arena)
  }

  func reference(ofRow row: Int) -> ReferenceID { references[row] }
  func subject(ofRow row: Int) -> SubjectID { subjects[row] }
  func referenceKey(ofRow row: Int) -> ReferenceKey { ReferenceKey(references[row]) }

  func withPositions<R>(
    ofRows rows: Range<Int>,
    _ body: (UnsafeBufferPointer<UInt8>) throws(FingerprintIndexError) -> R
  ) throws(FingerprintIndexError) -> R {
    try positions.withUnsafeBufferPointer { codes throws(FingerprintIndexError) in
      try body(UnsafeBufferPointer(rebasing: codes[rows]))
    }
  }

  func withPrints<R>(
    ofRows rows: Range<Int>,
    _ body: (PrintWindow) throws(FingerprintIndexError) -> R
  ) throws(FingerprintIndexError) -> R {
    try arena.withUnsafeBufferPointer { arena throws(FingerprintIndexError) in
      try starts.withUnsafeBufferPointer { starts throws(FingerprintIndexError) in
        try body(
          PrintWindow(
            arena: UnsafeRawBufferPointer(arena),
            base: 0,
            end: end(ofRow: rows.upperBound - 1),
            starts: UnsafeBufferPointer(rebasing: starts[rows])
          )
        )
      }
    }
  }

  /// The packed print of a row.
  func print(ofRow row: Int) -> ArraySlice<UInt8> {
    arena[Int(starts[row]) * 8..<Int(end(ofRow: row)) * 8]
  }

  private func end(ofRow row: Int) -> UInt32 {
    row + 1 < starts.count ? starts[row + 1] : UInt32(arena.count / 8)
  }

  func damage(ofRow row: Int, in section: SegmentLabel) -> FingerprintIndexError {
    preconditionFailure("prints in memory are as the matcher described them")
  }
}

/// Rows on their way into a ``MemoryPart``.
struct MemoryPartBuilder {
  private(set) var references: [ReferenceID] = []
  private(set) var subjects: [SubjectID] = []
  private(set) var positions: [UInt8] = []
  private(set) var starts: [UInt32] = []
  private(set) var arena: [UInt8] = []

  var byteCount: Int { arena.count + MemoryPart.rowByteCount * references.count }

  /// Asks for just that much memory, which appending alone would round up.
  mutating func reserve(rows: Int, arenaByteCount: Int) {
    references.reserveCapacity(rows)
    subjects.reserveCapacity(rows)
    positions.reserveCapacity(rows)
    starts.reserveCapacity(rows)
    arena.reserveCapacity(arenaByteCount)
  }

  mutating func append(_ entry: FingerprintIndexEntry, _ descriptors: FingerprintDescriptors) {
    append(entry.reference, entry.subject, entry.position.rawValue, descriptors.packed)
  }

  fileprivate mutating func append(_ row: Int, of part: MemoryPart) {
    append(part.references[row], part.subjects[row], part.positions[row], part.print(ofRow: row))
  }

  private mutating func append(
    _ reference: ReferenceID,
    _ subject: SubjectID,
    _ position: UInt8,
    _ packed: some Collection<UInt8>
  ) {
    references.append(reference)
    subjects.append(subject)
    positions.append(position)
    starts.append(UInt32(arena.count / 8))
    arena.append(contentsOf: packed)
  }
}
