import BiomatchCore
import BiomatchFingerprint

/// Prints that no finger leaves, to find where arithmetic, ties and limits go wrong.
public enum AdversarialPrint: String, Sendable, CaseIterable {
  /// Anywhere in an image.
  case spread
  /// All at one place.
  case onePlace
  /// All on one line.
  case line
  /// A regular lattice with one direction: nearly all cylinders are the same.
  case lattice
  /// As far from the origin as templates allow, in all corners.
  case extremes
  /// All in one direction.
  case oneDirection
  /// In two opposite directions.
  case oppositeDirections
  /// Crowds of a few pixels.
  case clusters
  /// Every minutia twice.
  case duplicates
  /// Moved from where ``spread`` puts them by distances at which tolerances end.
  case atTolerance

  /// How minutiae report their quality.
  public enum Quality: Sendable, CaseIterable {
    /// None does.
    case none
    /// All with 1.
    case lowest
    /// All with 100.
    case highest
    /// Some, with any value.
    case mixed
  }

  /// Counts around the sizes of blocks and of templates.
  public static let counts = [0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 127, 128, 200]

  /// A print of this kind.
  public func view(count: Int, quality: Quality, seed: UInt64) -> FingerView {
    var places = SeededGenerator(seed: seed)
    var qualities = SeededGenerator(seed: seed ^ 0xABCD)
    var minutiae: [Minutia] = []
    for i in 0..<count {
      var minutia = Minutia(
        kind: Minutia.Kind.allCases[Int.random(in: 0..<3, using: &places)],
        x: Int.random(in: 0..<400, using: &places),
        y: Int.random(in: 0..<500, using: &places),
        angle: MinutiaAngle(steps: Int.random(in: 0..<256, using: &places), per: 256)
      )
      arrange(&minutia, number: i, previous: minutiae.last, using: &places)
      minutia.quality =
        switch quality {
        case .none: nil
        case .lowest: 1
        case .highest: 100
        case .mixed:
          [nil, UInt8.random(in: 1...100, using: &qualities)].randomElement(
            using: &qualities
          ) ?? nil
        }
      minutiae.append(minutia)
    }
    return FingerView(width: 400, height: 500, minutiae: minutiae)
  }

  private func arrange(
    _ minutia: inout Minutia,
    number i: Int,
    previous: Minutia?,
    using random: inout SeededGenerator
  ) {
    switch self {
    case .spread:
      break
    case .onePlace:
      (minutia.x, minutia.y) = (200, 250)
    case .line:
      (minutia.x, minutia.y) = (9 * i, 250)
    case .lattice:
      (minutia.x, minutia.y) = (20 * (i % 11), 20 * (i / 11))
      minutia.angle = MinutiaAngle(steps: 32, per: 256)
    case .extremes:
      minutia.x = i % 2 == 0 ? 16_383 : -16_383
      minutia.y = i % 4 < 2 ? 16_383 : -16_383
      if i % 3 == 0 { minutia.x = Int.random(in: -16_383...16_383, using: &random) }
    case .oneDirection:
      minutia.angle = MinutiaAngle(steps: 200, per: 256)
    case .oppositeDirections:
      minutia.angle = MinutiaAngle(steps: i % 2 * 128, per: 256)
    case .clusters:
      minutia.x = 150 * (i % 3) + minutia.x % 17
      minutia.y = minutia.y % 17
    case .duplicates:
      if i % 2 == 1, let previous { minutia = previous }
    case .atTolerance:
      // 9 px is the tolerance at the centroid, 20 px its limit; 12, 16, 20 is a right triangle.
      let moves = [(0, 0), (9, 0), (0, -9), (12, 16), (-20, 0), (10, 0), (0, 21)]
      minutia.x += moves[i % moves.count].0
      minutia.y += moves[i % moves.count].1
      minutia.angle = MinutiaAngle(units: Int(minutia.angle.units) + 45 * (i % 41 - 20))
    }
  }
}
