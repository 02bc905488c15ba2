import BiomatchCore

/// The convex outline of a print's minutiae: for sixteen directions, how far the minutiae reach.
///
/// Coordinates have y upward. A point is inside where it reaches no further in any direction.
struct Outline: Sendable {
  static let directions = 16

  /// Unit normals, k/16 turn.
  static let normals: [(x: Float, y: Float)] = (0..<directions).map { k in
    let (cosine, sine) = ReproducibleMath.direction(UInt8(16 * k))
    return (Float(cosine), Float(sine))
  }

  /// The largest x cos + y sin over the minutiae, in pixels at 500 dpi; zero without minutiae.
  let reach: [Float]

  init(x: [Float], y: [Float]) {
    reach = Self.normals.map { normal in
      zip(x, y).lazy.map { $0 * normal.x + $1 * normal.y }.max() ?? 0
    }
  }
}
