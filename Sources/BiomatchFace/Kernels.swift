import BiomatchCore
import CBiomatchKernels

// The boundary to the C kernels: the only file of this module that sees a C type.

/// The kernels of one SIMD level.
struct VectorKernels: Sendable {
  private let table: bm_vector_kernels

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

extension VectorKernels {
  /// The rows of so many values each, brought to unit length.
  func normalised(_ rows: [Float], dimension: Int) -> [Float] {
    let count = rows.count / dimension
    return [Float](unsafeUninitializedCapacity: rows.count) { result, resultCount in
      resultCount = rows.count
      guard count > 0, let unit = result.baseAddress else { return }
      rows.withUnsafeBufferPointer { rows in
        table.normalise(rows.baseAddress, Int64(count), Int32(dimension), unit)
      }
    }
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
}
