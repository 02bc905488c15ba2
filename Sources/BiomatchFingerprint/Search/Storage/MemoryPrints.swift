import BiomatchCore

/// Prints in memory.
final class MemoryPrints: MemoryPart {
  let rows: MemoryRows
  let positions: [UInt8]
  let starts: [UInt32]
  let arena: [UInt8]

  var byteCount: Int { arena.count + PrintPart.rowByteCount * rows.count }

  /// The runs' prints one behind the other.
  convenience init(joining runs: [RowRun<MemoryPrints>]) {
    var builder = MemoryPrintsBuilder()
    builder.reserve(
      rows: runs.reduce(0) { $0 + $1.rows.count },
      arenaByteCount: runs.reduce(0) { $0 + $1.part.bytes(ofRows: $1.rows).count }
    )
    for run in runs { builder.append(run.rows, of: run.part) }
    self.init(builder)
  }

  init(_ builder: MemoryPrintsBuilder) {
    (rows, positions) = (builder.rows, builder.positions)
    (starts, arena) = (builder.starts, builder.arena)
  }

  func withPositions<R>(
    ofRows rows: Range<Int>,
    _ body: (UnsafeBufferPointer<UInt8>) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    try positions.withUnsafeBufferPointer { codes throws(IndexError) in
      try body(UnsafeBufferPointer(rebasing: codes[rows]))
    }
  }

  func withPrints<R>(
    ofRows rows: Range<Int>,
    _ body: (PrintWindow) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    try arena.withUnsafeBufferPointer { arena throws(IndexError) in
      try starts.withUnsafeBufferPointer { starts throws(IndexError) in
        try body(
          PrintWindow(
            arena: UnsafeRawBufferPointer(arena),
            base: 0,
            end: start(ofRow: rows.upperBound),
            starts: UnsafeBufferPointer(rebasing: starts[rows])
          )
        )
      }
    }
  }

  /// The packed prints of the rows, one behind the other.
  fileprivate func bytes(ofRows rows: Range<Int>) -> ArraySlice<UInt8> {
    arena[8 * Int(start(ofRow: rows.lowerBound))..<8 * Int(start(ofRow: rows.upperBound))]
  }

  /// Where a row's print starts, or would start behind the last, in units of 8 bytes.
  fileprivate func start(ofRow row: Int) -> UInt32 {
    row < starts.count ? starts[row] : UInt32(arena.count / 8)
  }
}

/// Prints on their way into memory.
struct MemoryPrintsBuilder {
  private(set) var rows = MemoryRows()
  private(set) var positions: [UInt8] = []
  private(set) var starts: [UInt32] = []
  private(set) var arena: [UInt8] = []

  var byteCount: Int { arena.count + PrintPart.rowByteCount * rows.count }

  /// Asks for just that much memory, which appending alone would round up.
  mutating func reserve(rows count: Int, arenaByteCount: Int) {
    rows.reserveCapacity(count)
    positions.reserveCapacity(count)
    starts.reserveCapacity(count)
    arena.reserveCapacity(arenaByteCount)
  }

  mutating func append(_ entry: FingerprintIndexEntry, _ descriptors: FingerprintDescriptors) {
    rows.append(reference: entry.reference, subject: entry.subject)
    positions.append(entry.position.rawValue)
    starts.append(UInt32(arena.count / 8))
    arena += descriptors.packed
  }

  fileprivate mutating func append(_ range: Range<Int>, of part: MemoryPrints) {
    rows.append(range, of: part.rows)
    positions += part.positions[range]
    let (first, start) = (part.start(ofRow: range.lowerBound), UInt32(arena.count / 8))
    starts += part.starts[range].lazy.map { $0 - first + start }
    arena += part.bytes(ofRows: range)
  }
}
