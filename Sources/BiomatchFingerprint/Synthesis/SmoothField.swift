import BiomatchCore

/// A random function of the plane that changes slowly: the sum of three waves of random directions.
struct SmoothField: Sendable, Hashable {
  private let frequencyX: SIMD4<Double>
  private let frequencyY: SIMD4<Double>
  private let phase: SIMD4<Double>
  private let amplitude: Double

  /// - Parameters:
  ///   - amplitude: Standard deviation of the values, about.
  ///   - length: Typical wavelength in pixels.
  init(amplitude: Double, length: Double, _ random: inout SeededGenerator) {
    var x = SIMD4<Double>()
    var y = SIMD4<Double>()
    var phase = SIMD4<Double>()
    for k in 0..<3 {
      x[k] = random.normal() / length
      y[k] = random.normal() / length
      phase[k] = random.uniform()
    }
    frequencyX = x
    frequencyY = y
    self.phase = phase
    // A wave of parabolic arcs between -1 and 1 has a mean square of 8/15.
    self.amplitude = amplitude * 0.790_569_415_042_094_8
  }

  @inline(__always)
  func callAsFunction(at point: PlaneVector) -> Double {
    // Parabolic arcs instead of a sine: exact arithmetic. The fourth lane adds nothing.
    var turns = frequencyX * point.x + frequencyY * point.y + phase
    turns -= turns.rounded(.down)
    let half = (turns * 2).rounded(.down)
    let t = turns * 2 - half
    let arcs = 4 * t * (1 - t) * (1 - 2 * half)
    return (arcs.x + arcs.y + arcs.z) * amplitude
  }
}
