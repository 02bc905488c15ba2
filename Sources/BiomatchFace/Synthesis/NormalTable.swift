import BiomatchCore

/// Normal deviates by table: the inverse of the distribution as straight lines, which are finer the
/// nearer the tail.
///
/// 31 of 32 random bits are a magnitude m, and m / 2^31 is the probability that a deviate is farther
/// from zero than the one that is looked up; the last bit is the sign. Octaves of m are cut into 32
/// lines each, so that the exponent and the first bits of m as a floating-point number name the
/// line. The deviates reach 6.2; moments of the straight lines agree with the normal distribution to
/// 1e-4.
///
/// Inversion by pieces whose size follows the exponent is known from generators in hardware: Thomas,
/// Luk, Leong, Villasenor, "Gaussian random number generators", ACM Computing Surveys 39(4), 2007,
/// doi:10.1145/1287620.1287622.
struct NormalTable: Sendable {
  private static let octaves = 31
  /// Logarithm of the number of lines of an octave.
  private static let lineBits = 5
  private static let shift = UInt32(Float.significandBitCount - lineBits)
  private static let firstLine = Float(1).bitPattern >> shift

  /// The table, computed at the first use.
  static let shared = NormalTable()

  /// Value at zero and slope of each line, as a function of m. The last line is met by m = 2^31 alone,
  /// to which the largest magnitudes are rounded.
  private let lines: [SIMD2<Float>]

  private init() {
    let perOctave = 1 << Self.lineBits
    let bounds = (0...Self.octaves * perOctave).map { line in
      Double(sign: .plus, exponent: line / perOctave, significand: 1)
        * (1 + Double(line % perOctave) / Double(perOctave))
    }
    var deviates = bounds.map { _ in 0.0 }
    for k in bounds.indices.dropLast().reversed() {
      deviates[k] = NormalTail.deviate(ofShare: bounds[k] * 0x1p-31, above: deviates[k + 1])
    }
    lines = bounds.indices.map { k in
      guard k + 1 < bounds.count else { return .zero }
      let slope = (deviates[k + 1] - deviates[k]) / (bounds[k + 1] - bounds[k])
      return SIMD2(Float(deviates[k] - slope * bounds[k]), Float(slope))
    }
  }

  /// The deviate of 32 random bits.
  func deviate(_ bits: UInt32) -> Float {
    lines.withUnsafeBufferPointer { Self.deviate(bits, $0) }
  }

  /// So many deviates, an odd last one of a draw of its own.
  func deviates(_ count: Int, _ random: inout SeededGenerator) -> [Float] {
    var deviates = [Float](repeating: 0, count: count + count % 2)
    deviates.withUnsafeMutableBufferPointer { fill($0, &random) }
    return Array(deviates.prefix(count))
  }

  /// Fills a buffer with an even number of deviates, two of each draw.
  @inline(__always)
  func fill(_ buffer: UnsafeMutableBufferPointer<Float>, _ random: inout SeededGenerator) {
    lines.withUnsafeBufferPointer { lines in
      var k = 0
      while k &+ 1 < buffer.count {
        let bits = random.next()
        buffer[k] = Self.deviate(UInt32(truncatingIfNeeded: bits), lines)
        buffer[k &+ 1] = Self.deviate(UInt32(truncatingIfNeeded: bits >> 32), lines)
        k &+= 2
      }
    }
  }

  @inline(__always)
  private static func deviate(
    _ bits: UInt32,
    _ lines: UnsafeBufferPointer<SIMD2<Float>>
  ) -> Float {
    let magnitude = Float(Int32(truncatingIfNeeded: bits & 0x7FFF_FFFF | 1))
    let line = lines[Int(truncatingIfNeeded: (magnitude.bitPattern >> shift) &- firstLine)]
    let value = line.x + line.y * magnitude
    return Float(bitPattern: value.bitPattern ^ (bits & 0x8000_0000))
  }
}
