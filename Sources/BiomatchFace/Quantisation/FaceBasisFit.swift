extension FaceBasis {
  /// Vectors of more values get no basis: fitting one would take too long.
  static let largestDimension = 1024
  /// From how many rows a basis is fitted.
  static let sampleRowCount = 2048
  /// How far a vector of the sample is outside at most.
  private static let largestRest = 0.01

  /// A basis of the subspace that a sample of unit vectors lies in; `nil` where it would have more than
  /// three quarters as many rows as the vectors have values.
  ///
  /// Gram-Schmidt with pivots: the vector that is farthest outside gives the next row, of equals the
  /// first (Golub and Van Loan, Matrix Computations, 4th ed., 5.4.2). Every sum has one order: the rows
  /// are the same bits on every machine.
  ///
  /// - Complexity: O(sample × dimension × rows).
  init?(fitting sample: [Float], dimension: Int, kernels: VectorKernels) {
    let most = dimension * 3 / 4
    let starts = Array(stride(from: 0, to: sample.count, by: dimension))
    var rest = starts.map { _ in 1.0 }
    var values: [Float] = []
    values.reserveCapacity(most * dimension)
    while let farthest = rest.indices.max(by: {
      rest[$0] < rest[$1] || rest[$0] == rest[$1] && $0 > $1
    }),
      rest[farthest] > Self.largestRest * Self.largestRest
    {
      guard values.count < most * dimension else { return nil }
      let pivot = sample[starts[farthest]..<starts[farthest] + dimension]
      guard let row = Self.next(pivot, values, dimension, kernels) else { return nil }
      values += row
      let products = Self.products(row, sample, kernels)
      for index in rest.indices {
        rest[index] -= Double(products[index]) * Double(products[index])
      }
      // Nothing is left but rounding.
      rest[farthest] = 0
    }
    guard !values.isEmpty else { return nil }
    self.init(values, dimension: dimension, kernels: kernels)
  }

  /// The part of a vector outside of the rows' subspace, at unit length. Taken twice: the first time
  /// leaves what rounding is of a long vector, the second what it is of a short one.
  private static func next(
    _ vector: ArraySlice<Float>,
    _ rows: [Float],
    _ dimension: Int,
    _ kernels: VectorKernels
  ) -> [Float]? {
    var row = Array(vector)
    for _ in 0..<2 {
      let products = products(row, rows, kernels)
      var left = row.map { Double($0) }
      for (index, product) in products.enumerated() {
        let (product, start) = (Double(product), index * dimension)
        for place in left.indices { left[place] -= product * Double(rows[start + place]) }
      }
      row = kernels.normalised(left.map { Float($0) }, dimension: dimension, nil)
      guard row.allSatisfy(\.isFinite) else { return nil }
    }
    return row
  }
}
