import BiomatchCore
import Synchronization

/// Face vectors of unit length in a segment of a saved index, and their codes, read where they lie.
final class SavedFaces: SavedPart {
  static let basisLabel: SegmentLabel = "basis"
  static let headersLabel: SegmentLabel = "blocks"
  static let upperLabel: SegmentLabel = "upper"
  static let lowerLabel: SegmentLabel = "lower"
  static let vectorsLabel: SegmentLabel = "vectors"
  /// Vectors are read one here, one there: small blocks are verified sooner.
  static let vectorsBlockSize = 1 << 15

  let rows: SavedRows
  let layout: CodeLayout
  /// The layout of codes: that of coordinates where the segment has a basis.
  let codeLayout: CodeLayout
  /// What ``basis()`` has read.
  private let known = Mutex<FaceBasis?>(nil)

  /// The vectors of a segment whose sections are as long as they must be.
  init(_ rows: SavedRows, layout: CodeLayout) throws(IndexError) {
    self.rows = rows
    self.layout = layout
    try rows.check(Self.vectorsLabel, bytesPerRow: 4 * layout.dimension)
    if let basis = rows.segment.section(Self.basisLabel) {
      let count = basis.count / (4 * layout.dimension)
      guard basis.count == 4 * layout.dimension * count, 1..<layout.dimension ~= count else {
        throw rows.damage(ofRow: 0, in: Self.basisLabel)
      }
      codeLayout = CodeLayout(dimension: count)
    } else {
      codeLayout = layout
    }
    let blocks = CodeLayout.blocks(rows.count)
    for (label, size) in [
      (Self.headersLabel, CodeLayout.headerBytes), (Self.upperLabel, codeLayout.blockBytes),
      (Self.lowerLabel, codeLayout.blockBytes),
    ] {
      guard try rows.byteCount(of: label) == blocks * size else {
        throw rows.damage(ofRow: 0, in: label)
      }
    }
  }

  /// The basis whose coordinates the codes are of, read and checked by the first call; `nil` where codes
  /// are those of vectors.
  func basis(_ kernels: VectorKernels) throws(IndexError) -> FaceBasis? {
    guard codeLayout != layout else { return nil }
    if let basis = known.withLock({ $0 }) { return basis }
    let bytes = 0..<4 * layout.dimension * codeLayout.dimension
    let values = try rows.withBytes(of: Self.basisLabel, bytes) { bytes in
      bytes.withMemoryRebound(to: UInt32.self) { words in
        words.map { Float(bitPattern: UInt32(littleEndian: $0)) }
      }
    }
    guard let basis = FaceBasis(values, dimension: layout.dimension, kernels: kernels) else {
      throw rows.damage(ofRow: 0, in: Self.basisLabel)
    }
    known.withLock { $0 = basis }
    return basis
  }

  /// Calls `body` with the vectors of the rows, of which those in `sought` are verified: it must not look
  /// at others.
  func withVectors<R>(
    ofRows rows: Range<Int>,
    sought: some Sequence<Int>,
    _ body: (UnsafeRawBufferPointer) -> R
  ) throws(IndexError) -> R {
    let size = 4 * layout.dimension
    do throws(SegmentError) {
      return try self.rows.segment.withBytes(
        of: Self.vectorsLabel,
        in: rows.lowerBound * size..<rows.upperBound * size,
        verifying: sought.lazy.map { $0 * size..<($0 + 1) * size }
      ) { span in span.withUnsafeBytes { body($0) } }
    } catch {
      throw .segment(error)
    }
  }

  /// Calls `body` with the codes of the blocks.
  func withCodes<R>(
    ofBlocks blocks: Range<Int>,
    _ body: (CodeWindow) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    let bytes = { (size: Int) in blocks.lowerBound * size..<blocks.upperBound * size }
    return try rows.withBytes(
      of: Self.headersLabel,
      bytes(CodeLayout.headerBytes)
    ) { headers throws(IndexError) in
      try rows.withBytes(
        of: Self.upperLabel,
        bytes(codeLayout.blockBytes)
      ) { upper throws(IndexError) in
        guard let headers = headers.baseAddress, let upper = upper.baseAddress else {
          preconditionFailure("a segment with rows has blocks")
        }
        return try body(CodeWindow(headers: headers, upper: upper))
      }
    }
  }

  /// Calls `body` with the lower halves of the blocks' codes.
  func withLower<R>(
    ofBlocks blocks: Range<Int>,
    _ body: (UnsafeRawBufferPointer) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    try rows.withBytes(
      of: Self.lowerLabel,
      blocks.lowerBound * codeLayout.blockBytes..<blocks.upperBound * codeLayout.blockBytes,
      body
    )
  }
}
