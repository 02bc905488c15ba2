/// A vector of the plane; x to the right, y upward, pixels at 500 dpi.
typealias PlaneVector = SIMD2<Double>

extension PlaneVector {
  /// Both as complex numbers, multiplied.
  @inline(__always)
  func times(_ other: PlaneVector) -> PlaneVector {
    PlaneVector(x * other.x - y * other.y, x * other.y + y * other.x)
  }

  @inline(__always)
  var conjugate: PlaneVector { PlaneVector(x, -y) }

  @inline(__always)
  var squaredLength: Double { x * x + y * y }

  /// The unit vector of that direction; to the right for the zero vector.
  @inline(__always)
  var unit: PlaneVector {
    let length = squaredLength.squareRoot()
    return length > 0 ? PlaneVector(x / length, y / length) : PlaneVector(1, 0)
  }

  /// The unit vector of half the direction's angle, pointing to the right.
  @inline(__always)
  var halfAngle: PlaneVector {
    let whole = unit
    let cosine = Swift.max(0, (1 + whole.x) / 2).squareRoot()
    let sine = Swift.max(0, (1 - whole.x) / 2).squareRoot()
    return PlaneVector(cosine, whole.y < 0 ? -sine : sine)
  }

  /// Turned counterclockwise by about `angle` radians (exactly by twice the arctangent of half of
  /// it), length kept.
  @inline(__always)
  func turned(_ angle: Double) -> PlaneVector {
    let half = angle / 2
    let scale = 1 / (1 + half * half)
    return times(PlaneVector((1 - half * half) * scale, 2 * half * scale))
  }
}
