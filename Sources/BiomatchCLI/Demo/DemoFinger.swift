import Biomatch
import BiomatchCore
import BiomatchFingerprint
import Foundation

/// An invented finger: minutiae spread over an oval, along ridges that run around a loop.
///
/// This is a plausible picture for a demonstration and no statistical model of prints: nothing
/// measured on it says how well the matcher does on people.
struct DemoFinger {
  static let width = 388
  static let height = 374

  private var minutiae: [DemoMinutia] = []

  /// The finger that belongs to `seed`.
  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 34...46, using: &random)
    let core = DemoPoint(
      x: .random(in: -20...20, using: &random),
      y: .random(in: -50 ... -20, using: &random)
    )
    let delta = DemoPoint(
      x: .random(in: -110...110, using: &random),
      y: .random(in: 110...150, using: &random)
    )
    while minutiae.count < count {
      let place = DemoPoint(
        x: .random(in: -135...135, using: &random),
        y: .random(in: -165...165, using: &random)
      )
      guard place.isInOval, minutiae.allSatisfy({ $0.place.distance(to: place) > 13 }) else {
        continue
      }
      // The orientation of ridges around a core and a delta (Sherlock, Monro, Pattern Recognition
      // 26(7), 1993, doi:10.1016/0031-3203(93)90006-I); either end of a ridge may be the minutia.
      let orientation = (place.bearing(from: core) - place.bearing(from: delta)) / 2
      minutiae.append(
        DemoMinutia(
          place: place,
          angle: orientation + (Bool.random(using: &random) ? .pi : 0),
          kind: Double.random(in: 0...1, using: &random) < 0.6 ? .ending : .bifurcation,
          quality: .random(in: 40...95, using: &random)
        )
      )
    }
  }

  /// One impression of the finger: turned, shifted, stretched, cropped, with minutiae missed,
  /// invented and misplaced.
  func impression(seed: UInt64) -> FingerView {
    var random = SeededGenerator(seed: seed)
    let turn = Double.random(in: -0.22...0.22, using: &random)
    let shift = DemoPoint(
      x: .random(in: -22...22, using: &random),
      y: .random(in: -22...22, using: &random)
    )
    let stretch = DemoPoint(
      x: .random(in: -0.03...0.03, using: &random),
      y: .random(in: -0.03...0.03, using: &random)
    )
    let window = DemoPoint(
      x: .random(in: -28...28, using: &random),
      y: .random(in: -34...34, using: &random)
    )
    var seen: [Minutia] = []
    for minutia in minutiae where minutia.place.distance(to: window) < 150 {
      guard Double.random(in: 0...1, using: &random) > 0.1 else { continue }
      let place = DemoPoint(
        x: minutia.place.x * (1 + stretch.x) + random.noise(1.3),
        y: minutia.place.y * (1 + stretch.y) + random.noise(1.3)
      )
      seen.append(
        Self.minutia(
          at: place.turned(turn).moved(shift),
          angle: minutia.angle + turn + random.noise(0.07),
          kind: minutia.kind,
          quality: minutia.quality + Int(random.noise(5))
        )
      )
    }
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = DemoPoint(
        x: .random(in: -120...120, using: &random),
        y: .random(in: -150...150, using: &random)
      )
      seen.append(
        Self.minutia(
          at: place,
          angle: .random(in: 0...6.28, using: &random),
          kind: .ending,
          quality: .random(in: 10...40, using: &random)
        )
      )
    }
    return FingerView(
      position: .rightIndex,
      quality: UInt8.random(in: 60...90, using: &random),
      width: Self.width,
      height: Self.height,
      minutiae: seen.shuffled(using: &random)
    )
  }

  private static func minutia(
    at place: DemoPoint,
    angle: Double,
    kind: Minutia.Kind,
    quality: Int
  ) -> Minutia {
    Minutia(
      kind: kind,
      x: min(width - 1, max(0, width / 2 + Int(place.x.rounded()))),
      y: min(height - 1, max(0, height / 2 + Int(place.y.rounded()))),
      angle: MinutiaAngle(steps: Int((angle / (2 * .pi) * 256).rounded()), per: 256),
      quality: UInt8(min(100, max(1, quality)))
    )
  }
}

private struct DemoMinutia {
  var place: DemoPoint
  var angle: Double
  var kind: Minutia.Kind
  var quality: Int
}

/// A place relative to the middle of the image, y downward.
private struct DemoPoint {
  var x: Double
  var y: Double

  var isInOval: Bool { (x / 130) * (x / 130) + (y / 160) * (y / 160) < 1 }

  func distance(to other: DemoPoint) -> Double { hypot(x - other.x, y - other.y) }

  /// Counterclockwise as seen.
  func bearing(from other: DemoPoint) -> Double { atan2(other.y - y, x - other.x) }

  /// Turned counterclockwise as seen.
  func turned(_ angle: Double) -> DemoPoint {
    DemoPoint(x: cos(angle) * x + sin(angle) * y, y: -sin(angle) * x + cos(angle) * y)
  }

  func moved(_ by: DemoPoint) -> DemoPoint { DemoPoint(x: x + by.x, y: y + by.y) }
}

extension SeededGenerator {
  /// A normal deviate of that standard deviation (sum of twelve uniform ones).
  fileprivate mutating func noise(_ deviation: Double) -> Double {
    let sum = (0..<12).reduce(0.0) { sum, _ in sum + .random(in: 0...1, using: &self) }
    return (sum - 6) * deviation
  }
}
