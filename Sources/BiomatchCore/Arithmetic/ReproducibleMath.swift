/// Elementary functions from plain IEEE 754 arithmetic.
///
/// Mathematical libraries of different systems differ in the last bits; scores must not. Series and
/// argument reductions here use only operations whose rounding the standard fixes, so that every
/// machine gets the same bits. Errors are below 1e-11, which tests compare with the system library.
package enum ReproducibleMath {
  package static let pi = 3.141592653589793

  /// cos and sin of `steps`/256 turn.
  package static func direction(_ steps: UInt8) -> (cosine: Double, sine: Double) {
    // Reduced to at most an eighth of a turn either side of the nearest axis.
    let quarter = (Int(steps) + 32) / 64
    let angle = Double(Int(steps) - 64 * quarter) * (pi / 128)
    let square = angle * angle
    var cosine = 1.0
    var sine = 1.0
    for k in stride(from: 9, through: 1, by: -1) {
      cosine = 1 - square / Double((2 * k - 1) * (2 * k)) * cosine
      sine = 1 - square / Double((2 * k) * (2 * k + 1)) * sine
    }
    sine *= angle
    switch quarter % 4 {
    case 0: return (cosine, sine)
    case 1: return (-sine, cosine)
    case 2: return (-cosine, -sine)
    default: return (sine, -cosine)
    }
  }

  /// e to the power `x`, for -30 ... 0.
  package static func exponential(_ x: Double) -> Double {
    let reduced = x / 1024
    var value = 1.0
    for k in stride(from: 8, through: 1, by: -1) { value = 1 + reduced / Double(k) * value }
    for _ in 0..<10 { value *= value }
    return value
  }

  /// e to the power `x`, for -30 ... 30.
  package static func growth(_ x: Double) -> Double {
    x < 0 ? exponential(x) : 1 / exponential(-x)
  }

  /// The natural logarithm of a positive, normal number.
  package static func logarithm(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var significand = x.significand
    if significand > 1.4142135623730951 {
      significand *= 0.5
      exponent += 1
    }
    let t = (significand - 1) / (significand + 1)
    let square = t * t
    var sum = 0.0
    for k in stride(from: 15, through: 1, by: -2) { sum = sum * square + 1 / Double(k) }
    return 2 * t * sum + exponent * 0.6931471805599453
  }

  /// The angle of the vector (`x`, `y`) in radians, -pi ... pi; 0 for the zero vector.
  package static func arctangent(y: Double, x: Double) -> Double {
    let width = abs(x)
    let height = abs(y)
    guard width > 0 || height > 0 else { return 0 }
    var ratio = min(width, height) / max(width, height)
    // Three halvings bring the ratio below tan(pi/32).
    for _ in 0..<3 { ratio /= 1 + (1 + ratio * ratio).squareRoot() }
    let square = ratio * ratio
    var sum = 0.0
    for k in stride(from: 13, through: 1, by: -2) {
      sum = (k % 4 == 1 ? 1 : -1) / Double(k) + sum * square
    }
    var angle = 8 * ratio * sum
    if height > width { angle = pi / 2 - angle }
    if x < 0 { angle = pi - angle }
    return y < 0 ? -angle : angle
  }
}
