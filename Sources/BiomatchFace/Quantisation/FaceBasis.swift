/// Rows that are nearly orthonormal: vectors of some models lie, up to a small rest, in a subspace of
/// fewer dimensions, and codes of coordinates in its basis take less memory and arithmetic than codes of
/// vectors.
///
/// Nothing depends on how good the basis is but speed: what lies outside, and what rows lack of being
/// orthonormal, is part of ``ScoreBound``.
struct FaceBasis: Sendable, Hashable {
  /// What ``deviation`` is at most.
  static let largestDeviation = 1e-4
  /// What is added to the square of a length outside: more than the squares of the lengths of a vector
  /// and its coordinates are off by, which are rounded to single precision.
  private static let margin = 1e-6

  /// The rows, one behind the other.
  let values: [Float]
  /// How many values a row has.
  let dimension: Int
  /// How the codes of coordinates lie in memory.
  let layout: CodeLayout
  /// What the rows' inner products differ at most from those of orthonormal rows, as a Frobenius norm.
  let deviation: Double

  /// The basis of those rows; `nil` where they are not nearly orthonormal, or not numbers.
  ///
  /// - Complexity: O(dimension × square of the number of rows).
  init?(_ values: [Float], dimension: Int, kernels: VectorKernels) {
    self.values = values
    self.dimension = dimension
    let count = values.count / dimension
    layout = CodeLayout(dimension: count)
    var squares = 0.0
    for row in 0..<count {
      let products = Self.products(
        values[row * dimension..<(row + 1) * dimension],
        values,
        kernels
      )
      for (other, product) in products.enumerated() {
        let product = Double(product)
        // What rounding to single precision, and before that of the sum, may hide is added.
        let difference = abs(product - (row == other ? 1 : 0)) + abs(product) * 0x1p-23 + 0x1p-40
        squares += difference * difference
      }
    }
    deviation = squares.squareRoot() * (1 + 0x1p-20)
    guard deviation <= Self.largestDeviation else { return nil }
  }

  /// The coordinates of a vector, and the length of what lies outside of the subspace, rounded up.
  func coordinates(
    of vector: ArraySlice<Float>,
    _ kernels: VectorKernels
  ) -> (coordinates: [Float], outside: Float) {
    let coordinates = Self.products(vector, values, kernels)
    let whole = Double(Self.products(vector, vector, kernels)[0])
    let inside = Double(Self.products(coordinates[...], coordinates[...], kernels)[0])
    let square = max(0, whole - inside / (1 + deviation)) + Self.margin
    return (coordinates, Float(square.squareRoot()).nextUp)
  }

  /// Packs the coordinates of vectors, a block after the other.
  func encode(_ vectors: [Float], _ kernels: VectorKernels, to codes: MutableCodes) {
    var (rows, outside): ([Float], [Float]) = ([], [])
    rows.reserveCapacity(vectors.count / dimension * layout.dimension)
    for start in stride(from: 0, to: vectors.count, by: dimension) {
      let found = coordinates(of: vectors[start..<start + dimension], kernels)
      rows += found.coordinates
      outside.append(found.outside)
    }
    rows.withUnsafeBufferPointer { kernels.encode($0, layout, to: codes) }
    kernels.setOutside(outside, of: codes)
  }

  /// The codes of a probe's coordinates, and what they prove.
  func encode(_ probe: [Float], _ kernels: VectorKernels) -> (codes: [Int8], bound: ScoreBound) {
    let found = coordinates(of: probe[...], kernels)
    let encoded = kernels.encodeProbe(found.coordinates)
    let bound = ScoreBound(
      scale: encoded.scale,
      sum: encoded.sum,
      residual: encoded.residual,
      outside: found.outside,
      deviation: deviation
    )
    return (encoded.codes, bound)
  }

  /// The inner products of a row with others.
  static func products(
    _ row: some Collection<Float> & Sendable,
    _ rows: some Collection<Float> & Sendable,
    _ kernels: VectorKernels
  ) -> [Float] {
    let products = row.withContiguousStorageIfAvailable { row in
      rows.withContiguousStorageIfAvailable { rows in kernels.scores(of: row, with: rows) }
    }
    guard case .some(.some(let products)) = products else {
      preconditionFailure("arrays and their slices are contiguous")
    }
    return products
  }
}
