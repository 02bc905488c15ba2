import BiomatchCore

/// Face vectors brought to unit length, as they are compared and stored.
///
/// The length is computed in double precision over eight lanes, and every value is rounded once to
/// single precision: the same bits at every SIMD level. The length of what comes out differs from one
/// by less than 2⁻²⁰.
///
/// Where a ``FaceRotation`` is given, they are turned before that rounding.
public struct UnitFaceVectors: Sendable, Hashable {
  /// How many values a vector has.
  public let dimension: Int
  /// The values, vector after vector.
  public let values: [Float]

  /// How many vectors there are.
  public var count: Int { values.count / dimension }

  /// The vectors at unit length, turned by a rotation of their dimension if there is one.
  ///
  /// - Complexity: O(number of values), times the dimension with a rotation.
  public init(
    _ vectors: FaceVectors,
    rotation: FaceRotation? = nil,
    simd: SIMDLevel = .active
  ) {
    dimension = vectors.dimension
    precondition(
      rotation.map { $0.dimension == vectors.dimension } ?? true,
      "a rotation turns vectors of its dimension"
    )
    values = VectorKernels(level: simd).normalised(vectors.values, dimension: dimension, rotation)
  }

  /// The values of a vector.
  public subscript(row: Int) -> ArraySlice<Float> {
    values[row * dimension..<(row + 1) * dimension]
  }
}
