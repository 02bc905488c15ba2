import BiomatchCore

/// Face vectors of unit length in memory, and their codes.
final class MemoryFaces: MemoryPart {
  let rows: MemoryRows
  let layout: CodeLayout
  private let vectors: AlignedBytes
  private let headers: AlignedBytes
  private let upper: AlignedBytes
  private let lower: AlignedBytes

  var byteCount: Int { vectors.count + headers.count + upper.count + lower.count }

  /// So many bytes a row takes, identifiers apart.
  static func byteCount(rows: Int, _ layout: CodeLayout) -> Int {
    4 * layout.dimension * rows
      + CodeLayout.blocks(rows) * (CodeLayout.headerBytes + 2 * layout.blockBytes)
  }

  /// Rows whose vectors `fill` writes, part by part of a block or more, on as many threads.
  init(
    _ rows: MemoryRows,
    layout: CodeLayout,
    kernels: VectorKernels,
    threads: Int,
    fill: @escaping @Sendable (_ rows: Range<Int>, _ to: UnsafeMutablePointer<Float>) -> Void
  ) {
    self.rows = rows
    self.layout = layout
    let (count, blocks) = (rows.count, CodeLayout.blocks(rows.count))
    vectors = AlignedBytes(uninitialized: 4 * layout.dimension * count, isScanned: false)
    headers = AlignedBytes(uninitialized: CodeLayout.headerBytes * blocks)
    upper = AlignedBytes(uninitialized: layout.blockBytes * blocks)
    lower = AlignedBytes(uninitialized: layout.blockBytes * blocks)
    let codes = MutableCodes(headers: headers.start, upper: upper.start, lower: lower.start)
    let piece = Self.pieceRows
    let scan = ParallelScan(partCount: (count + piece - 1) / piece, threads: threads)
    let isComplete = scan.runBlocking(worker: {}) { [vectors] index, _ in
      let range = index * piece..<min((index + 1) * piece, count)
      guard let start = vectors.floats.baseAddress else { return }
      fill(range, start + range.lowerBound * layout.dimension)
      kernels.encode(
        UnsafeBufferPointer(
          rebasing: vectors.floats[
            range.lowerBound * layout.dimension..<range.upperBound * layout.dimension
          ]
        ),
        layout,
        firstBlock: range.lowerBound / CodeLayout.blockRows,
        to: codes
      )
    }
    precondition(isComplete, "without a deadline all rows are encoded")
  }

  /// The runs' rows one behind the other; there is at least one.
  convenience init(joining runs: [RowRun<MemoryFaces>], kernels: VectorKernels) {
    var rows = MemoryRows()
    rows.reserveCapacity(runs.reduce(0) { $0 + $1.rows.count })
    for run in runs { rows.append(run.rows, of: run.part.rows) }
    let layout = runs[0].part.layout
    let runs = RowRuns(runs)
    self.init(rows, layout: layout, kernels: kernels, threads: 1) { range, target in
      var place = target
      for run in runs[range] {
        run.part.withVectors(ofRows: run.rows) { vectors in
          guard let start = vectors.baseAddress else { return }
          place.update(from: start, count: vectors.count)
        }
        place += run.rows.count * layout.dimension
      }
    }
  }

  /// How many rows a thread encodes before it takes the next.
  private static let pieceRows = 256

  /// Calls `body` with the vectors of the rows.
  func withVectors<R>(ofRows rows: Range<Int>, _ body: (UnsafeBufferPointer<Float>) -> R) -> R {
    withExtendedLifetime(self) {
      let values = UnsafeBufferPointer(vectors.floats)
      return body(
        UnsafeBufferPointer(
          rebasing: values[rows.lowerBound * layout.dimension..<rows.upperBound * layout.dimension]
        )
      )
    }
  }

  /// Calls `body` with the codes of the blocks.
  func withCodes<R>(ofBlocks blocks: Range<Int>, _ body: (CodeWindow) throws(IndexError) -> R)
    throws(IndexError) -> R
  {
    try withExtendedLifetime(self) { () throws(IndexError) in
      try body(
        CodeWindow(
          headers: UnsafeRawPointer(headers.start + blocks.lowerBound * CodeLayout.headerBytes),
          upper: UnsafeRawPointer(upper.start + blocks.lowerBound * layout.blockBytes)
        )
      )
    }
  }

  /// Calls `body` with the lower halves of the blocks' codes.
  func withLower<R>(
    ofBlocks blocks: Range<Int>,
    _ body: (UnsafeRawBufferPointer) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    let bytes = blocks.lowerBound * layout.blockBytes..<blocks.upperBound * layout.blockBytes
    return try withExtendedLifetime(self) { () throws(IndexError) in
      try body(UnsafeRawBufferPointer(rebasing: lower.bytes[bytes]))
    }
  }
}
