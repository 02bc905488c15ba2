import BiomatchCore
import BiomatchCrypto

/// An orthonormal map that is Haar-distributed, as a product of reflections.
///
/// Column by column, the QR decomposition of a matrix of normal deviates takes the part of a column that
/// is left, which is a normal vector again and independent of what came before, to a multiple of the
/// first axis by a reflection. So the reflections can be drawn without the matrix: of independent normal
/// vectors v of 2...d values, on the last axes each. With the signs that make the diagonal of R positive,
/// Q is Haar-distributed:
///
///     Q = P(d) P(d-1) ... P(2) S,   P(m) = 1 - w wᵀ,   w ~ v + sign(v₁) |v| e₁,   S(d-m) = -sign(v₁)
///
/// and the last sign a random one. Applying them costs as much as the matrix, d² products, in half its
/// memory, and is orthonormal to the last bits by construction.
final class HaarReflections: Sendable {
  private let dimension: Int
  /// The signs, then each w, of length √2, the shortest first.
  private let values: SecretBytes

  /// The map that the sequence decides.
  init(dimension: Int, _ stream: inout KeyStream) throws(CryptoError) {
    self.dimension = dimension
    var values = SecretBytes(count: 8 * (dimension + dimension * (dimension + 1) / 2 - 1))
    try values.withUnsafeMutableBytes { memory throws(CryptoError) in
      let signs = memory.bindMemory(to: Double.self)
      signs[dimension - 1] = try stream.nextUInt64() >> 63 == 0 ? 1 : -1
      var first = dimension
      for size in 2...dimension {
        let normal = UnsafeMutableBufferPointer(rebasing: signs[first..<first + size])
        try stream.fill(normal)
        signs[dimension - size] = normal[0] < 0 ? 1 : -1
        Self.makeNormal(normal)
        first += size
      }
    }
    self.values = values
  }

  /// Turns the vector v of a reflection into its w.
  private static func makeNormal(_ vector: UnsafeMutableBufferPointer<Double>) {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let sum = length + vector[0].magnitude
    let scale = 1 / (length * sum).squareRoot()
    vector[0] = vector[0] < 0 ? -sum : sum
    for k in vector.indices { vector[k] *= scale }
  }

  /// Maps the rows.
  func apply(to rows: EightRows) {
    values.withBytes { span in
      span.withUnsafeBytes { memory in
        guard let signs = memory.baseAddress else { return }
        rows.multiply(signs)
        var normal = signs + 8 * dimension
        for size in 2...dimension {
          rows.reflect(normal, size)
          normal += 8 * size
        }
      }
    }
  }

  /// Maps the rows back.
  func undo(on rows: EightRows) {
    values.withBytes { span in
      span.withUnsafeBytes { memory in
        guard let signs = memory.baseAddress else { return }
        var normal = signs + memory.count
        for size in (2...dimension).reversed() {
          normal -= 8 * size
          rows.reflect(normal, size)
        }
        rows.multiply(signs)
      }
    }
  }
}

extension KeyStream {
  /// Fills a buffer with normal deviates, two of each point in the unit circle; of an odd number the
  /// second one of the last point is left.
  ///
  /// `NormalTable` would be faster, but its straight lines are the normal distribution to 1e-4 only.
  ///
  /// Source: Marsaglia, Bray, "A convenient method for generating normal variables", SIAM Review 6(3),
  /// 1964, doi:10.1137/1006063.
  fileprivate mutating func fill(
    _ buffer: UnsafeMutableBufferPointer<Double>
  ) throws(CryptoError) {
    for k in stride(from: 0, to: buffer.count, by: 2) {
      let (x, y) = try nextDeviates()
      buffer[k] = x
      if k + 1 < buffer.count { buffer[k + 1] = y }
    }
  }

  private mutating func nextDeviates() throws(CryptoError) -> (Double, Double) {
    while true {
      let (x, y) = (try nextCoordinate(), try nextCoordinate())
      let square = x * x + y * y
      guard square > 0, square < 1 else { continue }
      let scale = (-2 * ReproducibleMath.logarithm(square) / square).squareRoot()
      return (x * scale, y * scale)
    }
  }

  /// A number in -1 ..< 1, of the upper 53 bits of the next eight bytes.
  private mutating func nextCoordinate() throws(CryptoError) -> Double {
    Double(Int64(bitPattern: try nextUInt64()) >> 11) * 0x1p-52
  }
}
