import BiomatchCore

/// An orthonormal map that spreads every axis over all others, in O(d log d).
///
/// Random signs and a Walsh-Hadamard transform of the first values, then of the last ones, as many as
/// the largest power of two that is not above the dimension. Where that is not the dimension itself,
/// the halves of the vector are mixed first: so every value of the result depends on every value.
struct HadamardRotation: Sendable {
  /// The dimension, and the size of both transforms.
  let dimension: Int
  private let size: Int
  /// Signs over the root of the size.
  private let front: [Float]
  private let back: [Float]

  /// A rotation of 64 values or more.
  init(dimension: Int, _ random: inout SeededGenerator) {
    self.dimension = dimension
    size = 1 << (Int.bitWidth - 1 - dimension.leadingZeroBitCount)
    let scale = 1 / Float(size).squareRoot()
    func signs(_ count: Int) -> [Float] {
      (0..<count).map { _ in random.next() >> 63 == 0 ? scale : -scale }
    }
    front = signs(size)
    back = signs(size)
  }

  /// Rotates a vector in place.
  func rotate(_ vector: UnsafeMutablePointer<Float>) {
    if size < dimension { mixHalves(vector) }
    transform(vector, front)
    transform(vector + (dimension - size), back)
  }

  private func mixHalves(_ vector: UnsafeMutablePointer<Float>) {
    let half = dimension / 2
    let other = vector + (dimension - half)
    let scale = Float(0.5).squareRoot()
    for k in 0..<half {
      (vector[k], other[k]) = ((vector[k] + other[k]) * scale, (vector[k] - other[k]) * scale)
    }
  }

  /// Signs, then the transform, eight values at a time: within eights, between eights by four, by two
  /// where one step is left.
  private func transform(_ vector: UnsafeMutablePointer<Float>, _ signs: [Float]) {
    let values = UnsafeMutableRawPointer(vector)
    signs.withUnsafeBytes { signs in
      for offset in stride(from: 0, to: signs.count, by: 32) {
        var eight =
          values.eight(offset) * signs.loadUnaligned(fromByteOffset: offset, as: Eight.self)
        for _ in 0..<3 {
          let (even, odd) = (eight.evenHalf, eight.oddHalf)
          eight = Eight(lowHalf: even + odd, highHalf: even - odd)
        }
        values.store(eight, offset)
      }
    }
    let end = 4 * size
    var step = 32
    while 4 * step <= end {
      for block in stride(from: 0, to: end, by: 4 * step) {
        for offset in stride(from: block, to: block + step, by: 32) {
          let (a, b) = (values.eight(offset), values.eight(offset + step))
          let (c, d) = (values.eight(offset + 2 * step), values.eight(offset + 3 * step))
          let (ab, cd) = (a + b, c + d)
          let (ba, dc) = (a - b, c - d)
          values.store(ab + cd, offset)
          values.store(ba + dc, offset + step)
          values.store(ab - cd, offset + 2 * step)
          values.store(ba - dc, offset + 3 * step)
        }
      }
      step *= 4
    }
    guard 2 * step == end else { return }
    for offset in stride(from: 0, to: step, by: 32) {
      let (a, b) = (values.eight(offset), values.eight(offset + step))
      values.store(a + b, offset)
      values.store(a - b, offset + step)
    }
  }
}

private typealias Eight = SIMD8<Float>

extension UnsafeMutableRawPointer {
  /// The eight values from a byte offset on.
  @inline(__always)
  fileprivate func eight(_ offset: Int) -> Eight {
    loadUnaligned(fromByteOffset: offset, as: Eight.self)
  }

  @inline(__always)
  fileprivate func store(_ eight: Eight, _ offset: Int) {
    storeBytes(of: eight, toByteOffset: offset, as: Eight.self)
  }
}
