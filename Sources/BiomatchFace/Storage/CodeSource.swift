import BiomatchCore

/// The rows of a new segment, chunk by chunk: their vectors and their codes, which are taken over where
/// whole blocks go on together, and made anew elsewhere.
struct CodeSource {
  enum Plane { case upper, lower }

  private let runs: RowRuns<FacePart>
  private let layout: CodeLayout
  /// Whose coordinates the codes are of; `nil` for codes of vectors.
  var basis: FaceBasis?
  private let kernels: VectorKernels

  init(
    _ runs: [RowRun<FacePart>],
    layout: CodeLayout,
    basis: FaceBasis? = nil,
    kernels: VectorKernels
  ) {
    self.runs = RowRuns(runs)
    self.layout = layout
    self.basis = basis
    self.kernels = kernels
  }

  private var codeLayout: CodeLayout { basis?.layout ?? layout }

  /// How many rows are in memory at a time; whole blocks.
  private static let chunkRows = 1024

  /// The rows of the chunks, counted over all runs.
  var chunks: [Range<Int>] {
    stride(from: 0, to: runs.count, by: Self.chunkRows).map { start in
      start..<min(start + Self.chunkRows, runs.count)
    }
  }

  /// Vectors of at most so many rows, spread evenly.
  func sample(_ count: Int) throws(IndexError) -> [Float] {
    let picked = min(count, runs.count)
    var vectors: [Float] = []
    vectors.reserveCapacity(picked * layout.dimension)
    for index in 0..<picked {
      let row = index * runs.count / picked
      vectors += try self.vectors(row..<row + 1)
    }
    return vectors
  }

  /// The vectors of a chunk.
  func vectors(_ chunk: Range<Int>) throws(IndexError) -> [Float] {
    var vectors: [Float] = []
    vectors.reserveCapacity(chunk.count * layout.dimension)
    for run in runs[chunk] { vectors += try run.part.vectors(ofRows: run.rows) }
    return vectors
  }

  /// The headers and one plane of a chunk.
  func codes(
    _ chunk: Range<Int>,
    _ plane: Plane
  ) throws(IndexError) -> (headers: [UInt8], plane: [UInt8]) {
    if let copied = try copiedCodes(chunk, plane) { return copied }
    let encoded = try encoded(try vectors(chunk))
    return (encoded.headers, plane == .upper ? encoded.upper : encoded.lower)
  }

  /// The first row of a chunk of one part whose length is not one, or in whose block codes are not those
  /// of the vectors; `nil` when all is right.
  func firstDamagedRow(
    _ chunk: Range<Int>
  ) throws(IndexError) -> (number: Int, section: SegmentLabel)? {
    let vectors = try vectors(chunk)
    for row in 0..<chunk.count {
      let squares = vectors[row * layout.dimension..<(row + 1) * layout.dimension]
        .reduce(into: 0.0) { $0 += Double($1) * Double($1) }
      guard abs(squares.squareRoot() - 1) < ScoreBound.length - 1 else {
        return (chunk.lowerBound + row, SavedFaces.vectorsLabel)
      }
    }
    let expected = try encoded(vectors)
    let upper = try codes(chunk, .upper)
    let lower = try codes(chunk, .lower)
    for (label, found, right, size) in [
      (SavedFaces.headersLabel, upper.headers, expected.headers, CodeLayout.headerBytes),
      (SavedFaces.upperLabel, upper.plane, expected.upper, codeLayout.blockBytes),
      (SavedFaces.lowerLabel, lower.plane, expected.lower, codeLayout.blockBytes),
    ] where found != right {
      let byte = zip(found, right).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
      return (chunk.lowerBound + byte / size * CodeLayout.blockRows, label)
    }
    return nil
  }

  /// The codes of a chunk whose blocks are blocks of one part already; `nil` for others.
  private func copiedCodes(
    _ chunk: Range<Int>,
    _ plane: Plane
  ) throws(IndexError) -> (headers: [UInt8], plane: [UInt8])? {
    let found = runs[chunk]
    guard found.count == 1, let run = found.first,
      run.rows.lowerBound.isMultiple(of: CodeLayout.blockRows),
      run.rows.count.isMultiple(of: CodeLayout.blockRows)
        || run.rows.upperBound == run.part.rowCount
    else { return nil }
    guard try run.part.basis(kernels) == basis else { return nil }
    let first = run.rows.lowerBound / CodeLayout.blockRows
    let blocks = first..<first + CodeLayout.blocks(run.rows.count)
    return try run.part.withCodes(ofBlocks: blocks) { codes throws(IndexError) in
      let headers = UnsafeRawBufferPointer(
        start: codes.headers,
        count: blocks.count * CodeLayout.headerBytes
      )
      let upper = UnsafeRawBufferPointer(
        start: codes.upper,
        count: blocks.count * codeLayout.blockBytes
      )
      if plane == .upper { return (Array(headers), Array(upper)) }
      return (Array(headers), try run.part.withLower(ofBlocks: blocks) { Array($0) })
    }
  }

  private func encoded(
    _ vectors: [Float]
  ) throws(IndexError) -> (headers: [UInt8], upper: [UInt8], lower: [UInt8]) {
    let blocks = CodeLayout.blocks(vectors.count / layout.dimension)
    let headers = AlignedBytes(zeros: blocks * CodeLayout.headerBytes)
    let upper = AlignedBytes(zeros: blocks * codeLayout.blockBytes)
    let lower = AlignedBytes(zeros: blocks * codeLayout.blockBytes)
    let codes = MutableCodes(headers: headers.start, upper: upper.start, lower: lower.start)
    if let basis {
      basis.encode(vectors, kernels, to: codes)
    } else {
      vectors.withUnsafeBufferPointer { kernels.encode($0, layout, to: codes) }
    }
    return (Array(headers.bytes), Array(upper.bytes), Array(lower.bytes))
  }
}
