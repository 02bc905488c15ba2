import BiomatchCore
import BiomatchFingerprint

/// Templates with minutiae at random places of an oval, no two nearer than a ridge's width: what
/// most comparisons of a search look like.
enum RandomPrints {
  static func templates(count: Int, minutiae: Int) -> [FingerprintTemplate] {
    (0..<count).compactMap { number in
      var random = SeededGenerator(seed: UInt64(number + 1))
      return try? FingerprintTemplate(view: view(minutiae: minutiae, &random))
    }
  }

  private static func view(minutiae: Int, _ random: inout SeededGenerator) -> FingerView {
    var view = FingerView(width: 300, height: 400, minutiae: [])
    while view.minutiae.count < minutiae {
      let x = Int.random(in: -140...140, using: &random)
      let y = Int.random(in: -190...190, using: &random)
      let isInside = x * x * 190 * 190 + y * y * 140 * 140 < 140 * 140 * 190 * 190
      let isFree = view.minutiae.allSatisfy { other in
        let dx = other.x - (x + 150)
        let dy = other.y - (y + 200)
        return dx * dx + dy * dy >= 81
      }
      guard isInside, isFree else { continue }
      view.minutiae.append(
        Minutia(
          kind: Bool.random(using: &random) ? .ending : .bifurcation,
          x: x + 150,
          y: y + 200,
          angle: MinutiaAngle(steps: .random(in: 0..<256, using: &random), per: 256),
          quality: .random(in: 20...100, using: &random)
        )
      )
    }
    return view
  }
}
