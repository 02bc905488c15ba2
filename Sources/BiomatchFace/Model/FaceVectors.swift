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
    if let fault = Self.firstFault(in: values, from: 0, dimension: dimension) { throw fault }
    self.init(dimension: dimension, checked: values)
  }

  /// Vectors of values that are known to be right: ``firstFault(in:from:dimension:)`` would find none.
  init(dimension: Int, checked values: [Float]) {
    self.dimension = dimension
    self.values = values
  }

  /// The values of a vector.
  public subscript(row: Int) -> ArraySlice<Float> {
    values[row * dimension..<(row + 1) * dimension]
  }

  /// The first row from `start` on, a number of values, that is no vector; `nil` when all are.
  static func firstFault(in values: [Float], from start: Int, dimension: Int) -> FaceVectorError? {
    // A row of plain integer operations without an early end: the compiler makes vectors of it.
    let row = values.withUnsafeBufferPointer { values in
      stride(from: start, to: values.count, by: dimension).first { first in
        var union: UInt32 = 0
        var excess: UInt32 = 0
        for value in values[first..<first + dimension] {
          let magnitude = value.bitPattern & 0x7FFF_FFFF
          union |= magnitude
          excess |= Float.greatestFiniteMagnitude.bitPattern &- magnitude
        }
        // The difference is negative for the patterns of infinity and of what is not a number.
        return union == 0 || excess >> 31 != 0
      }
    }
    guard let row else { return nil }
    let column = values[row..<row + dimension].firstIndex { !$0.isFinite }
    return column.map { .notFinite(row: row / dimension, column: $0 - row) }
      ?? .zeroNorm(row: row / dimension)
  }
}
