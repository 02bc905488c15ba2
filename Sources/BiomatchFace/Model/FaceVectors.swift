/// Face vectors of one dimension, row by row in one block of memory.
///
/// The values are those of the model that made them, of any length above zero: whatever compares
/// vectors brings them to unit length first.
///
/// ```swift
/// let vectors = try FaceVectors(dimension: 128, values: embedding)
/// print(vectors.count)  // 1
/// ```
public struct FaceVectors: Sendable, Hashable {
  /// The dimensions that vectors may have.
  public static let dimensions = 64...4096

  /// How many values a vector has.
  public let dimension: Int
  /// The values, vector after vector.
  public let values: [Float]

  /// How many vectors there are.
  public var count: Int { values.count / dimension }

  /// Vectors of the given values, row-major.
  ///
  /// - Throws: ``FaceVectorError`` for a dimension out of ``dimensions``, values that are no whole
  ///   number of rows, a value that is not a finite number, or a row without any value but zero.
  /// - Complexity: O(number of values).
  public init(dimension: Int, values: [Float]) throws(FaceVectorError) {
    guard Self.dimensions.contains(dimension) else { throw .dimension(dimension) }
    guard values.count.isMultiple(of: dimension) else {
      throw .shape(dimension: dimension, values: values.count)
    }
    self.dimension = dimension
    self.values = values
    for row in 0..<count { try check(row) }
  }

  /// Vectors of values that are known to be right.
  init(dimension: Int, checked values: [Float]) {
    self.dimension = dimension
    self.values = values
  }

  /// The values of a vector.
  public subscript(row: Int) -> ArraySlice<Float> {
    values[row * dimension..<(row + 1) * dimension]
  }

  private func check(_ row: Int) throws(FaceVectorError) {
    // A sum of magnitudes is finite unless a value is not: it has room for 2^895 of the largest.
    let sum = values.withUnsafeBufferPointer { values in
      values[row * dimension..<(row + 1) * dimension].reduce(into: 0.0) {
        $0 += Double($1.magnitude)
      }
    }
    guard sum.isFinite else {
      let column = self[row].firstIndex { !$0.isFinite } ?? row * dimension
      throw .notFinite(row: row, column: column - row * dimension)
    }
    guard sum > 0 else { throw .zeroNorm(row: row) }
  }
}
