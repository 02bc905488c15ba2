import BiomatchFace

/// Vectors of unit length with the identity of each.
struct FaceSet {
  let name: String
  let dimension: Int
  private let rows: [Float]
  private let labels: [Int]

  init(name: String, vectors: FaceVectors, labels: [Int]) {
    precondition(vectors.count == labels.count, "every vector has a label")
    self.name = name
    self.labels = labels
    dimension = vectors.dimension
    // Whole eights, so that sums are taken eight at a time.
    var rows: [Float] = []
    for row in 0..<vectors.count {
      let length = vectors[row].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      rows += vectors[row].map { Float(Double($0) / length) }
      rows += [Float](repeating: 0, count: (8 - dimension % 8) % 8)
    }
    self.rows = rows
  }

  private var stride: Int { (dimension + 7) / 8 * 8 }

  /// All pairs.
  func compare() -> (genuine: Comparisons, impostor: Comparisons) {
    var (genuine, impostor) = (Comparisons(), Comparisons())
    rows.withUnsafeBytes { rows in
      for a in labels.indices {
        for b in a + 1..<labels.count {
          let cosine = Double(Self.product(rows, a * stride, b * stride, stride))
          if labels[a] == labels[b] { genuine.add(cosine) } else { impostor.add(cosine) }
        }
      }
    }
    return (genuine, impostor)
  }

  private static func product(_ rows: UnsafeRawBufferPointer, _ a: Int, _ b: Int, _ count: Int)
    -> Float
  {
    var sum = SIMD8<Float>.zero
    for k in Swift.stride(from: 0, to: count, by: 8) {
      sum +=
        rows.loadUnaligned(fromByteOffset: 4 * (a + k), as: SIMD8<Float>.self)
        * rows.loadUnaligned(fromByteOffset: 4 * (b + k), as: SIMD8<Float>.self)
    }
    return sum.sum()
  }

  /// The number of equal variances that would spread as much, (Σλ)² / Σλ² for the eigenvalues λ of the
  /// covariance, and the ratio of the largest to the smallest deviation of a value.
  func spread() -> (effectiveDimension: Double, unevenness: Double) {
    let count = Double(labels.count)
    var means = [Double](repeating: 0, count: dimension)
    for row in labels.indices {
      for k in 0..<dimension { means[k] += Double(rows[row * stride + k]) / count }
    }
    var covariance = [Float](repeating: 0, count: dimension * dimension)
    for row in labels.indices {
      let values = (0..<dimension).map { rows[row * stride + $0] - Float(means[$0]) }
      covariance.withUnsafeMutableBufferPointer { covariance in
        values.withUnsafeBufferPointer { values in
          for a in 0..<values.count {
            for b in 0..<values.count {
              covariance[a &* values.count &+ b] += values[a] * values[b]
            }
          }
        }
      }
    }
    let variances = (0..<dimension).map { Double(covariance[$0 * dimension + $0]) }
    let trace = variances.reduce(0, +)
    let squares = covariance.reduce(0.0) { $0 + Double($1) * Double($1) }
    return (
      trace * trace / squares,
      ((variances.max() ?? 0) / (variances.min() ?? 0)).squareRoot()
    )
  }

  /// How many of the vectors are no linear combinations of those before them, but for a remainder of
  /// 1/1000.
  func rank() -> Int {
    var basis: [[Double]] = []
    for row in 0..<min(labels.count, 2 * dimension) where basis.count < dimension {
      var rest = (0..<dimension).map { Double(rows[row * stride + $0]) }
      for axis in basis {
        let share = zip(axis, rest).reduce(0.0) { $0 + $1.0 * $1.1 }
        for k in rest.indices { rest[k] -= share * axis[k] }
      }
      let length = rest.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      if length > 1e-3 { basis.append(rest.map { $0 / length }) }
    }
    return basis.count
  }
}
