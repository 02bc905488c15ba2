import BiomatchCore

/// The orientation of ridges at any point of a finger.
///
/// Loops, whorls and tented arches follow the zero-pole model: each core turns the orientation by
/// half a turn around it, each delta by half a turn the other way. Written with complex numbers, the
/// doubled orientation is the argument of a product, and needs no angle. Plain arches have no
/// singular point; their ridges are bell-shaped curves. A smooth random turn on top makes fingers of
/// one class differ.
///
/// Source: B. G. Sherlock, D. M. Monro, "A model for interpreting fingerprint topology", Pattern
/// Recognition 26(7), 1993, doi:10.1016/0031-3203(93)90006-I.
struct RidgeFlow: Sendable, Hashable {
  private let cores: SIMD4<Double>
  private let deltas: SIMD4<Double>
  private let coreCount: Int
  private let archSlope: Double
  private let archWidth: Double
  private let turn: SmoothField

  /// The point about which the pattern lies.
  private let centre: PlaneVector

  init(
    _ pattern: PatternClass,
    parameters: SyntheticFingerParameters,
    _ random: inout SeededGenerator
  ) {
    func offset(_ deviation: Double) -> PlaneVector {
      PlaneVector(random.normal(), random.normal()) * deviation
    }
    // The core lies a little above the middle.
    centre = PlaneVector(0, 10) + offset(parameters.coreDeviation)
    var cores = (centre, PlaneVector())
    var deltas = (PlaneVector(), PlaneVector())
    let side = PlaneVector(parameters.deltaSide, 0)
    let below = centre - PlaneVector(0, parameters.deltaBelow)
    let spread = parameters.deltaDeviation
    switch pattern {
    case .arch: break
    case .tentedArch: deltas.0 = below + PlaneVector(0.25, 1) * offset(spread)
    // The delta is on the side where the ridges do not leave.
    case .leftLoop: deltas.0 = below + side + offset(spread)
    case .rightLoop: deltas.0 = below - side + offset(spread)
    case .whorl:
      let half = PlaneVector(0, parameters.whorlRadius) + offset(parameters.whorlRadius / 3)
      cores = (centre + half, centre - half)
      deltas = (below - side + offset(spread), below + side + offset(spread))
    }
    coreCount = pattern == .arch ? 0 : pattern == .whorl ? 2 : 1
    self.cores = SIMD4(lowHalf: cores.0, highHalf: cores.1)
    self.deltas = SIMD4(lowHalf: deltas.0, highHalf: deltas.1)
    let shape = offset(0.12)
    archSlope = parameters.archSlope * (1 + shape.x)
    archWidth = Self.archWidth * (1 + shape.y)
    turn = SmoothField(
      amplitude: parameters.flowVariation,
      length: parameters.flowLength,
      &random
    )
  }

  /// Where, to the side of its middle and above it, an arch's ridges flatten.
  private static let archWidth = 85.0
  private static let archHeight = 120.0

  /// The unit vector along the ridge at a point, with either sense.
  @inline(__always)
  func direction(at point: PlaneVector) -> PlaneVector {
    let along =
      coreCount == 0 ? PlaneVector(1, archSlope(at: point).value) : doubled(at: point).halfAngle
    return along.turned(turn(at: point)).unit
  }

  /// The square of the rate, in radians per pixel, at which ridges spread or close up.
  ///
  /// This and the next leave the random turn aside, whose share is small.
  @inline(__always)
  func squaredDivergence(at point: PlaneVector) -> Double {
    if coreCount == 0 {
      let rate = archDivergence(at: point)
      return rate * rate
    }
    let gradient = gradient(at: point)
    // Of the gradient, the part across the ridge counts; its square follows from the doubled angle.
    let along = doubled(at: point)
    let length = along.squaredLength.squareRoot()
    guard length > 0 else { return 0 }
    let projection = gradient.times(gradient).times(along.conjugate).x / length
    return max(0, gradient.squaredLength - projection) / 2
  }

  /// The rate, in radians per pixel, at which ridges spread along a direction, which is one of the
  /// two of ``direction(at:)``; negative where they close up. Where they spread, ridges must begin.
  @inline(__always)
  func divergence(at point: PlaneVector, along: PlaneVector) -> Double {
    if coreCount == 0 { return archDivergence(at: point) * (along.x < 0 ? -1 : 1) }
    let gradient = gradient(at: point)
    return along.x * gradient.y - along.y * gradient.x
  }

  /// The slope of an arch's ridges with its rates of change to the right and upward.
  @inline(__always)
  private func archSlope(at point: PlaneVector) -> (value: Double, gradient: PlaneVector) {
    let u = (point.x - centre.x) / archWidth
    let v = (point.y - centre.y) / Self.archHeight
    let bend = 1 + u * u
    let fade = 1 + v * v
    // The largest value of u / (1 + u^2)^2 is about 0.325.
    let steep = -archSlope / 0.325 / (bend * bend * fade)
    let byX = steep * (1 - 4 * u * u / bend) / archWidth
    let byY = -2 * steep * u * v / fade / Self.archHeight
    return (steep * u, PlaneVector(byX, byY))
  }

  @inline(__always)
  private func archDivergence(at point: PlaneVector) -> Double {
    let (slope, gradient) = archSlope(at: point)
    let square = 1 + slope * slope
    return (gradient.y - slope * gradient.x) / (square * square.squareRoot())
  }

  /// A complex number whose argument is the doubled angle of the ridges.
  @inline(__always)
  private func doubled(at point: PlaneVector) -> PlaneVector {
    var product = (point - cores.lowHalf).times((point - deltas.lowHalf).conjugate)
    if coreCount == 2 {
      product = product.times(point - cores.highHalf).times((point - deltas.highHalf).conjugate)
    }
    return product
  }

  /// The gradient of the ridges' angle.
  @inline(__always)
  private func gradient(at point: PlaneVector) -> PlaneVector {
    var sum = Self.vortex(point - cores.lowHalf) - Self.vortex(point - deltas.lowHalf)
    if coreCount == 2 {
      sum += Self.vortex(point - cores.highHalf) - Self.vortex(point - deltas.highHalf)
    }
    return sum / 2
  }

  /// The gradient of the angle at which a point is seen; finite at the point itself.
  @inline(__always)
  private static func vortex(_ offset: PlaneVector) -> PlaneVector {
    PlaneVector(-offset.y, offset.x) / (offset.squaredLength + 1)
  }
}
