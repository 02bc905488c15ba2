import BiomatchCore

/// Indexes of fingerprints under the parameters of one matcher.
///
/// `docs/formats/fingerprint-index.md` is the specification of its sections.
struct FingerprintIndexKind: IndexKind {
  static let format = IndexFormat(
    kind: "fingerprint-index",
    removals: "fingerprint-removals",
    engine: "cylinders-1"
  )

  let matcher: FingerprintMatcher

  var parameters: ParameterDigest { matcher.digest }

  /// With identifiers of 64 bytes and prints of 128 minutiae a segment stays far below what four bytes
  /// count. A save merges up to some 160 MB.
  var limits = IndexLimits()

  func join(_ runs: [RowRun<MemoryPrints>]) -> MemoryPrints { MemoryPrints(joining: runs) }

  func open(_ rows: SavedRows) throws(IndexError) -> SavedPrints { try SavedPrints(rows) }

  func verify(_ part: SavedPrints) throws(IndexError) { try part.verify() }

  // MARK: Writing

  /// How many prints are held in memory at a time.
  private static let chunk = 256

  func writeHead(of runs: [RowRun<PrintPart>], to writer: inout SegmentWriter) throws {
    var positions: [UInt8] = []
    var starts = ByteWriter()
    var start: UInt32 = 0
    for run in runs.lazy.flatMap({ $0.chunks(of: Self.chunk) }) {
      positions += try run.part.withPositions(ofRows: run.rows) { Array($0) }
      for size in try run.withPrints({ prints in prints.map(\.count) }) {
        starts.writeUInt32(start, .little)
        start += UInt32(size / 8)
      }
    }
    try writer.beginSection(SavedPrints.positionsLabel)
    try writer.append(positions)
    try writer.beginSection(SavedPrints.startsLabel)
    try writer.append(starts.bytes)
  }

  func writeBody(of runs: [RowRun<PrintPart>], to writer: inout SegmentWriter) throws {
    try writer.beginSection(SavedPrints.printsLabel)
    for run in runs.lazy.flatMap({ $0.chunks(of: Self.chunk) }) {
      try writer.append(try run.withPrints { prints in prints.flatMap { $0 } })
    }
  }
}

extension RowRun<PrintPart> {
  /// Calls `body` with the prints one by one, each as long as it says itself.
  fileprivate func withPrints<R>(
    _ body: ([UnsafeRawBufferPointer]) -> R
  ) throws(IndexError) -> R {
    try part.withPrints(ofRows: rows) { window throws(IndexError) in
      var prints: [UnsafeRawBufferPointer] = []
      for row in rows {
        guard let print = window.print(ofRow: row - rows.lowerBound),
          packedByteCount(of: print) == print.count
        else { throw part.damage(ofRow: row) }
        prints.append(print)
      }
      return body(prints)
    }
  }
}
