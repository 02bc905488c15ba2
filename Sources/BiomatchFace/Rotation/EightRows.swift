/// Up to eight rows side by side in double precision: eight are mapped in the time of one, and the sums
/// of a row have one order, from its first value to its last, wherever it lies.
struct EightRows {
  static let count = 8

  private typealias Eight = SIMD8<Double>

  private let dimension: Int
  /// Value k of all rows, then value k + 1.
  private let memory: AlignedBytes

  /// Room for rows of so many values.
  init(dimension: Int) {
    self.dimension = dimension
    memory = AlignedBytes(uninitialized: MemoryLayout<Eight>.stride * dimension)
  }

  /// Takes in the rows, eight at most.
  func load(_ rows: UnsafeBufferPointer<Float>) {
    precondition(rows.count <= Self.count * dimension)
    for k in 0..<dimension {
      var eight = Eight.zero
      for row in 0..<rows.count / dimension { eight[row] = Double(rows[row * dimension + k]) }
      self[k] = eight
    }
  }

  /// Writes so many rows at unit length, each value rounded once.
  func storeUnit(_ count: Int, to unit: UnsafeMutablePointer<Float>) {
    precondition(count <= Self.count)
    var squares = Eight.zero
    for k in 0..<dimension { squares += self[k] * self[k] }
    let scale = 1 / squares.squareRoot()
    for k in 0..<dimension {
      let eight = self[k] * scale
      for row in 0..<count { unit[row * dimension + k] = Float(eight[row]) }
    }
  }

  /// Multiplies value k of each row by number k.
  func multiply(_ numbers: UnsafeRawPointer) {
    for k in 0..<dimension { self[k] *= numbers.load(fromByteOffset: 8 * k, as: Double.self) }
  }

  /// Subtracts from each row's last values (w·x) w, of a vector w of so many values.
  func reflect(_ vector: UnsafeRawPointer, _ size: Int) {
    let first = dimension &- size
    var product = Eight.zero
    var k = 0
    while k < size {
      product += self[first &+ k] * vector.load(fromByteOffset: 8 &* k, as: Double.self)
      k &+= 1
    }
    k = 0
    while k < size {
      self[first &+ k] -= product * vector.load(fromByteOffset: 8 &* k, as: Double.self)
      k &+= 1
    }
  }

  private subscript(k: Int) -> Eight {
    @inline(__always)
    get { memory.start.load(fromByteOffset: MemoryLayout<Eight>.stride &* k, as: Eight.self) }
    @inline(__always)
    nonmutating set {
      memory.start.storeBytes(
        of: newValue,
        toByteOffset: MemoryLayout<Eight>.stride &* k,
        as: Eight.self
      )
    }
  }
}

extension FaceRotation {
  /// Turns rows of any length from one rotation to another, `nil` being none, and brings them to unit
  /// length, in memory of the same size.
  static func turn(
    _ rows: UnsafeBufferPointer<Float>,
    dimension: Int,
    from old: FaceRotation?,
    to new: FaceRotation?,
    _ unit: UnsafeMutablePointer<Float>
  ) {
    let eight = EightRows(dimension: dimension)
    let size = EightRows.count * dimension
    for start in stride(from: 0, to: rows.count, by: size) {
      let part = UnsafeBufferPointer(rebasing: rows[start..<min(start + size, rows.count)])
      eight.load(part)
      old?.reflections.undo(on: eight)
      new?.reflections.apply(to: eight)
      eight.storeUnit(part.count / dimension, to: unit + start)
    }
  }
}
