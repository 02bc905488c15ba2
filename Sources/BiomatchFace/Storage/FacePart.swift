import BiomatchCore

/// Rows of a face index, in memory or in a segment.
typealias FacePart = IndexPart<FaceIndexKind>

extension FacePart {
  /// The layout of the rows' codes.
  var codeLayout: CodeLayout {
    switch self {
    case .memory(let part): part.layout
    case .saved(let part): part.codeLayout
    }
  }

  /// The basis whose coordinates the codes are of; `nil` where they are those of vectors.
  func basis(_ kernels: VectorKernels) throws(IndexError) -> FaceBasis? {
    switch self {
    case .memory: nil
    case .saved(let part): try part.basis(kernels)
    }
  }

  /// Calls `body` with the codes of the blocks.
  func withCodes<R>(
    ofBlocks blocks: Range<Int>,
    _ body: (CodeWindow) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    switch self {
    case .memory(let part): try part.withCodes(ofBlocks: blocks, body)
    case .saved(let part): try part.withCodes(ofBlocks: blocks, body)
    }
  }

  /// Calls `body` with the lower halves of the blocks' codes.
  func withLower<R>(
    ofBlocks blocks: Range<Int>,
    _ body: (UnsafeRawBufferPointer) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    switch self {
    case .memory(let part): try part.withLower(ofBlocks: blocks, body)
    case .saved(let part): try part.withLower(ofBlocks: blocks, body)
    }
  }

  /// Calls `body` with the vectors of the rows, of which it must look only at those in `sought`.
  func withVectors<R>(
    ofRows rows: Range<Int>,
    sought: some Sequence<Int>,
    _ body: (UnsafeRawBufferPointer) -> R
  ) throws(IndexError) -> R {
    switch self {
    case .memory(let part): part.withVectors(ofRows: rows) { body(UnsafeRawBufferPointer($0)) }
    case .saved(let part): try part.withVectors(ofRows: rows, sought: sought, body)
    }
  }

  /// The vectors of the rows, one behind the other.
  func vectors(ofRows rows: Range<Int>) throws(IndexError) -> [Float] {
    try withVectors(ofRows: rows, sought: rows) { bytes in
      Array(bytes.assumingMemoryBound(to: Float.self))
    }
  }
}
