import BiomatchCore

/// Compares face vectors: the score is the cosine of the angle between them.
///
/// The canonical score of two vectors of unit length is their inner product, every product exact in
/// double precision, summed up over eight lanes (value i in lane i mod 8; then halves, quarters and
/// eighths of the lanes added), and rounded once to single precision. It is symmetric, the same bits at
/// every SIMD level, and the score that searches answer.
///
/// ```swift
/// let vectors = UnitFaceVectors(try FaceVectors(dimension: 512, values: embeddings))
/// let score = FaceMatcher().score(vectors, 0, vectors, 1)
/// ```
public struct FaceMatcher: Sendable {
  private let kernels: VectorKernels

  /// A matcher that works with the kernels of `simd`, which must be available.
  public init(simd: SIMDLevel = .active) { kernels = VectorKernels(level: simd) }

  /// The score of a row of `a` with a row of `b`, -1...1 up to a rounding.
  ///
  /// - Complexity: O(dimension). The dimensions must be equal.
  public func score(
    _ a: UnitFaceVectors,
    _ row: Int,
    _ b: UnitFaceVectors,
    _ other: Int
  ) -> SimilarityScore {
    SimilarityScore(scores(of: a, row, with: b, rows: other..<other + 1)[0])
  }

  /// The scores of a row with each of the rows of `b`, in their order.
  ///
  /// - Complexity: O(rows × dimension). The dimensions must be equal.
  public func scores(
    of a: UnitFaceVectors,
    _ row: Int,
    with b: UnitFaceVectors,
    rows: Range<Int>
  ) -> [Float] {
    precondition(a.dimension == b.dimension, "vectors compare within one dimension")
    precondition(0 <= row && row < a.count, "the row is one of the vectors'")
    precondition(0 <= rows.lowerBound && rows.upperBound <= b.count, "the rows are the vectors'")
    let dimension = a.dimension
    return a.values.withUnsafeBufferPointer { values in
      b.values.withUnsafeBufferPointer { others in
        kernels.scores(
          of: UnsafeBufferPointer(rebasing: values[row * dimension..<(row + 1) * dimension]),
          with: UnsafeBufferPointer(
            rebasing: others[rows.lowerBound * dimension..<rows.upperBound * dimension]
          )
        )
      }
    }
  }
}
