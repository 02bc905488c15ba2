import BiomatchCore
import BiomatchCrypto
import BiomatchFace
import BiomatchTestSupport

/// Rotations of seeded keys, and what their distribution is measured with.
enum Rotations {
  static func rotation(seed: UInt64, dimension: Int) throws -> FaceRotation {
    var random = SeededGenerator(seed: seed)
    let key = (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    return try FaceRotation(key: SecretBytes(copying: key), dimension: dimension)
  }

  /// The columns of the rotation's matrix.
  static func matrix(seed: UInt64, dimension: Int) throws -> [[Float]] {
    var values = [Float](repeating: 0, count: dimension * dimension)
    for k in 0..<dimension { values[k * dimension + k] = 1 }
    let axes = try FaceVectors(dimension: dimension, values: values)
    let rotation = try rotation(seed: seed, dimension: dimension)
    let columns = UnitFaceVectors(axes, rotation: rotation)
    return (0..<dimension).map { Array(columns[$0]) }
  }

  static func product(_ a: some Sequence<Float>, _ b: some Sequence<Float>) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  /// The determinant, by elimination with pivots.
  static func determinant(_ matrix: [[Float]]) -> Double {
    var rows = matrix.map { $0.map(Double.init) }
    var determinant = 1.0
    for k in rows.indices {
      guard let pivot = (k..<rows.count).max(by: { abs(rows[$0][k]) < abs(rows[$1][k]) }) else {
        break
      }
      if pivot != k {
        rows.swapAt(k, pivot)
        determinant = -determinant
      }
      determinant *= rows[k][k]
      for row in k + 1..<rows.count {
        let factor = rows[row][k] / rows[k][k]
        for column in k..<rows.count { rows[row][column] -= factor * rows[k][column] }
      }
    }
    return determinant
  }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  static func variance(_ values: [Double]) -> Double {
    let mean = mean(values)
    return self.mean(values.map { ($0 - mean) * ($0 - mean) })
  }

  /// How often a value of `a` is above one of `b`, equal ones counted half.
  static func share(of a: [Double], above b: [Double]) -> Double {
    let b = b.sorted()
    let wins = a.reduce(0.0) { sum, value in
      var (low, high) = (0, b.count)
      while low < high {
        let middle = (low + high) / 2
        if b[middle] < value { low = middle + 1 } else { high = middle }
      }
      let equal = b[low...].prefix { $0 == value }.count
      return sum + Double(low) + Double(equal) / 2
    }
    return wins / Double(a.count) / Double(b.count)
  }
}

extension FaceDistribution {
  func vectors(_ count: Int, dimension: Int, seed: UInt64) throws -> FaceVectors {
    var random = SeededGenerator(seed: seed)
    return try vectors(count, dimension: dimension, using: &random)
  }
}
