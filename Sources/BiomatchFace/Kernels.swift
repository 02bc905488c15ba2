import BiomatchCore
import CBiomatchKernels

// The boundary to the C kernels: the only file of this module that sees a C type. Memory handed to a
// kernel is owned by the caller or by one of the types below, and outlives the call.

/// The kernels of one SIMD level.
struct VectorKernels: Sendable {
  fileprivate let table: bm_vector_kernels

  /// The kernels of `level`, which must be available.
  init(level: SIMDLevel) {
    let code =
      switch level {
      case .portable: BM_SIMD_PORTABLE
      case .neon: BM_SIMD_NEON
      case .avx2: BM_SIMD_AVX2
      case .avx512: BM_SIMD_AVX512
      }
    guard let kernels = bm_kernels_at(Int32(code)) else {
      preconditionFailure("SIMD level \(level) is not available")
    }
    table = kernels.pointee.vectors
  }
}

/// How codes of vectors lie in memory.
struct CodeLayout: Sendable, Hashable {
  /// How many rows a block has, and a span of blocks.
  static let blockRows = Int(BM_BLOCK_ROWS)
  static let spanRows = Int(BM_SPAN_ROWS)
  /// What a block's rows have besides codes.
  static let headerBytes = MemoryLayout<bm_vector_block>.stride

  /// How many values a row has.
  let dimension: Int

  /// Dimensions come in groups of eight.
  var groups: Int { (dimension + Int(BM_GROUP) - 1) / Int(BM_GROUP) }
  /// The bytes of a row's codes in one plane.
  var rowBytes: Int { 4 * groups }
  /// The bytes of a block's codes in one plane.
  var blockBytes: Int { Self.blockRows * rowBytes }

  /// How many blocks so many rows take.
  static func blocks(_ rows: Int) -> Int { (rows + blockRows - 1) / blockRows }
}

/// Codes of rows in memory, 64 bytes aligned or as a file has them; valid as long as the call that gives
/// them runs. Where rows do not fill their last block, its planes are whole all the same.
struct CodeWindow {
  let headers: UnsafeRawPointer
  let upper: UnsafeRawPointer
}

/// Codes on their way into memory.
struct MutableCodes: @unchecked Sendable {
  // Threads write to different blocks.
  let headers: UnsafeMutableRawPointer
  let upper: UnsafeMutableRawPointer
  let lower: UnsafeMutableRawPointer
}

extension VectorKernels {
  /// The rows of so many values each, turned by a rotation if there is one, at unit length.
  func normalised(_ rows: [Float], dimension: Int, _ rotation: FaceRotation?) -> [Float] {
    let count = rows.count / dimension
    return [Float](unsafeUninitializedCapacity: rows.count) { result, resultCount in
      resultCount = rows.count
      guard count > 0, let unit = result.baseAddress else { return }
      rows.withUnsafeBufferPointer { normalise($0, dimension: dimension, rotation, to: unit) }
    }
  }

  /// Turns the rows by a rotation if there is one, and brings them to unit length, in memory of the same
  /// size.
  func normalise(
    _ rows: UnsafeBufferPointer<Float>,
    dimension: Int,
    _ rotation: FaceRotation?,
    to unit: UnsafeMutablePointer<Float>
  ) {
    if let rotation {
      return FaceRotation.turn(rows, dimension: dimension, from: nil, to: rotation, unit)
    }
    table.normalise(rows.baseAddress, Int64(rows.count / dimension), Int32(dimension), unit)
  }

  /// The inner products of a row with others that lie one behind the other.
  func scores(
    of row: UnsafeBufferPointer<Float>,
    with rows: UnsafeBufferPointer<Float>
  ) -> [Float] {
    let count = rows.count / row.count
    return [Float](unsafeUninitializedCapacity: count) { scores, scoreCount in
      scoreCount = count
      guard count > 0 else { return }
      table.score(
        row.baseAddress,
        rows.baseAddress,
        Int64(count),
        Int32(row.count),
        scores.baseAddress
      )
    }
  }

  /// Packs rows of unit length, a block after the other, from block `first` of `codes` on.
  func encode(
    _ rows: UnsafeBufferPointer<Float>,
    _ layout: CodeLayout,
    firstBlock: Int = 0,
    to codes: MutableCodes
  ) {
    guard let start = rows.baseAddress else { return }
    let count = rows.count / layout.dimension
    for block in 0..<CodeLayout.blocks(count) {
      let row = block * CodeLayout.blockRows
      let place = firstBlock + block
      table.encode(
        start + row * layout.dimension,
        Int32(min(CodeLayout.blockRows, count - row)),
        Int32(layout.dimension),
        (codes.upper + place * layout.blockBytes).assumingMemoryBound(to: UInt8.self),
        (codes.lower + place * layout.blockBytes).assumingMemoryBound(to: UInt8.self),
        (codes.headers + place * CodeLayout.headerBytes)
          .assumingMemoryBound(to: bm_vector_block.self)
      )
    }
  }

  /// Sets how far rows of blocks, from the first of `codes` on, are outside of the subspace whose
  /// coordinates the codes are of.
  func setOutside(_ outside: [Float], of codes: MutableCodes) {
    let blocks = codes.headers.assumingMemoryBound(to: bm_vector_block.self)
    for (row, value) in outside.enumerated() {
      let block = blocks + row / CodeLayout.blockRows
      block.pointee.outside = max(block.pointee.outside, value)
    }
  }

  /// The codes of one row of unit length, scale times which they stand for, their sum and how far they
  /// are from the row.
  func encodeProbe(
    _ row: [Float]
  ) -> (codes: [Int8], scale: Float, sum: Int32, residual: Float) {
    let layout = CodeLayout(dimension: row.count)
    var codes = [Int8](repeating: 0, count: layout.groups * Int(BM_GROUP))
    var (sum, residual): (Int32, Float) = (0, 0)
    let scale = row.withUnsafeBufferPointer { row in
      codes.withUnsafeMutableBufferPointer { codes in
        table.encode_probe(
          row.baseAddress,
          Int32(row.count),
          codes.baseAddress,
          &sum,
          &residual
        )
      }
    }
    return (codes, scale, sum, residual)
  }
}

/// Compares a batch of probes with codes, and the rows that pass with the probes themselves: what one
/// thread needs for that.
final class CodeScreen {
  private let kernels: VectorKernels
  private let layout: CodeLayout
  private let probes: ProbeBatch
  // Owned, freed in `deinit`.
  private let fine: UnsafeMutablePointer<bm_vector_probe>
  private let coarse: UnsafeMutablePointer<bm_vector_probe>
  private let scratch: AlignedBytes
  private let hits: UnsafeMutablePointer<bm_vector_hit>
  private let scores: UnsafeMutablePointer<Float>
  private let capacity: Int
  /// How many hits there are.
  private(set) var count = 0

  /// A screen with room for as many hits as the batch has probes, times `rows`.
  init(_ probes: ProbeBatch, kernels: VectorKernels, rows: Int) {
    self.kernels = kernels
    self.probes = probes
    layout = probes.layout
    capacity = max(1, probes.count * rows)
    fine = .allocate(capacity: max(1, probes.count))
    coarse = .allocate(capacity: max(1, probes.count))
    hits = .allocate(capacity: capacity)
    scores = .allocate(capacity: capacity)
    scratch = AlignedBytes(zeros: CodeLayout.spanRows * Int(BM_GROUP) * layout.groups)
    for (index, bound) in probes.bounds.enumerated() {
      let codes = probes.codes(index)
      let none = bm_vector_probe(
        codes: codes,
        sum: bound.sum,
        base: -.infinity,
        slope: bound.slope,
        outside: bound.outsideSlope
      )
      fine.advanced(by: index).initialize(to: none)
      coarse.advanced(by: index).initialize(to: none)
      coarse[index].slope = 2 * bound.slope
      coarse[index].outside = 2 * bound.outsideSlope
    }
  }

  deinit {
    fine.deallocate()
    coarse.deallocate()
    hits.deallocate()
    scores.deallocate()
  }

  /// From now on rows are hits that may have a score of at least `least` with a probe.
  func setLeast(_ least: Float, ofProbe index: Int) {
    let base = probes.bounds[index].base(least: least)
    fine[index].base = base
    coarse[index].base = 2 * base
  }

  /// The probe and the row of a hit, and their score once ``score(rows:)`` has computed it.
  func hit(_ index: Int) -> (probe: Int, row: Int, score: Float) {
    (Int(hits[index].probe), Int(hits[index].row), scores[index])
  }

  /// The rows of the hits, which are in no order.
  var hitRows: some Sequence<Int> {
    (0..<count).lazy.map { [hits] index in Int(hits[index].row) }
  }

  func removeAll() { count = 0 }

  /// Makes a row a hit of every probe.
  func addRow(_ row: Int) {
    precondition(count + probes.count <= capacity)
    for probe in 0..<probes.count {
      hits[count] = bm_vector_hit(probe: Int32(probe), row: Int32(row), product: 0)
      count += 1
    }
  }

  /// Adds what passes by the whole codes: rows whose bit is set in `wanted`.
  func screen(
    _ window: CodeWindow,
    lower: UnsafeRawPointer,
    wanted: UnsafeBufferPointer<UInt64>,
    blocks: Int
  ) {
    count += Int(
      kernels.table.screen(
        fine,
        Int32(probes.count),
        window.upper.assumingMemoryBound(to: UInt8.self),
        lower.assumingMemoryBound(to: UInt8.self),
        window.headers.assumingMemoryBound(to: bm_vector_block.self),
        wanted.baseAddress,
        Int32(blocks),
        Int32(layout.groups),
        scratch.start.assumingMemoryBound(to: UInt8.self),
        hits + count
      )
    )
  }

  /// Adds what passes by the upper halves of codes; how many these are. The hits added last are then to
  /// be refined.
  func screenCoarsely(
    _ window: CodeWindow,
    wanted: UnsafeBufferPointer<UInt64>,
    blocks: Int
  ) -> Int {
    let added = Int(
      kernels.table.screen_coarse(
        coarse,
        Int32(probes.count),
        window.upper.assumingMemoryBound(to: UInt8.self),
        window.headers.assumingMemoryBound(to: bm_vector_block.self),
        wanted.baseAddress,
        Int32(blocks),
        Int32(layout.groups),
        hits + count
      )
    )
    count += added
    return added
  }

  /// Leaves of the `added` last hits those that pass by the whole codes.
  func refine(_ added: Int, _ window: CodeWindow, lower: UnsafeRawPointer) {
    count -= added
    count += Int(
      kernels.table.refine(
        fine,
        lower.assumingMemoryBound(to: UInt8.self),
        window.headers.assumingMemoryBound(to: bm_vector_block.self),
        Int32(layout.groups),
        hits + count,
        Int64(added)
      )
    )
  }

  /// Raises what a probe's hits must reach to what `limit` of the hits from `first` on have for certain,
  /// where there are as many, and leaves of these hits those that may reach it.
  func raiseLeast(to limit: Int, from first: Int, _ window: CodeWindow) {
    let block = window.headers.assumingMemoryBound(to: bm_vector_block.self)
    let added = count - first
    kernels.table.least(fine, block, hits + first, Int64(added), scores)
    var best = Array(repeating: TopK<Int>(capacity: limit), count: probes.count)
    // What an offer must exceed: most do not, and are not made.
    var worst = Array(repeating: -Float.infinity, count: probes.count)
    for index in 0..<added where scores[index].isFinite {
      let probe = Int(hits[first + index].probe)
      guard scores[index] > worst[probe] else { continue }
      best[probe].offer(SimilarityScore(scores[index]), key: index)
      if let kept = best[probe].worstKept { worst[probe] = kept.value }
    }
    for (probe, worst) in worst.enumerated() where worst.isFinite {
      setLeast(probes.bounds[probe].least(product: worst), ofProbe: probe)
    }
    count = first + Int(kernels.table.narrow(fine, block, hits + first, Int64(added)))
  }

  /// Computes the scores of all hits.
  ///
  /// - Parameter rows: the vectors, from row zero on; those of the hits are read.
  func score(rows: UnsafeRawPointer) {
    kernels.table.score_hits(
      probes.values,
      rows.assumingMemoryBound(to: Float.self),
      Int32(probes.dimension),
      hits,
      Int64(count),
      scores
    )
  }
}
