import BiomatchCore
import BiomatchFingerprint

/// An invented finger for tests, and impressions of it: the same on every machine for the same seed.
///
/// Minutiae keep a ridge's distance from each other in an oval, and point along a field that turns
/// slowly. Nothing measured on such prints says how well a matcher does on people.
public struct SyntheticFinger: Sendable {
  /// What an impression does to the finger.
  public struct Conditions: Sendable {
    /// Turn, 1/256 turn, counterclockwise as seen.
    public var turn: ClosedRange<Int> = -16...16
    /// Shift along each axis, pixels.
    public var shift: ClosedRange<Int> = -40...40
    /// Largest displacement of a minutia along each axis, pixels.
    public var jitter: Double = 4
    /// Largest change of a minutia's direction, 1/256 turn.
    public var directionJitter = 6
    /// Share of the minutiae that are not found.
    public var dropped: Double = 0.15
    /// Number of minutiae that are no minutiae.
    public var spurious = 4
    /// Share of the finger's height that the impression shows.
    public var shown: Double = 0.85
    /// Whether minutiae have a quality.
    public var quality = true

    /// Conditions of an ordinary impression.
    public init() {}
  }

  private struct Point {
    var x: Double
    var y: Double
    var angle: Int
    var kind: Minutia.Kind
    var quality: UInt8
  }

  /// Image size of an impression.
  public static let width = 388
  /// Image size of an impression.
  public static let height = 480

  private var points: [Point] = []

  /// A finger with that many minutiae, fewer where there is no room.
  public init(seed: UInt64, minutiae count: Int) {
    var random = SeededGenerator(seed: seed)
    let slopeX = Double.random(in: -0.25...0.25, using: &random)
    let slopeY = Double.random(in: -0.25...0.25, using: &random)
    // 9 px is one ridge; large counts need to stand closer.
    let distance = count > 90 ? 9.0 : 14.0
    for _ in 0..<200 * count where points.count < count {
      let x = Double.random(in: -150...150, using: &random)
      let y = Double.random(in: -200...200, using: &random)
      guard (x / 150) * (x / 150) + (y / 200) * (y / 200) < 1,
        points.allSatisfy({ Self.square($0.x - x) + Self.square($0.y - y) > distance * distance })
      else { continue }
      let ridge = 64 + Int(slopeX * x) + Int(slopeY * y)
      points.append(
        Point(
          x: x,
          y: y,
          angle: ridge + (Bool.random(using: &random) ? 128 : 0),
          kind: Bool.random(using: &random) ? .ending : .bifurcation,
          quality: UInt8.random(in: 20...95, using: &random)
        )
      )
    }
  }

  /// An impression of the finger as a view at 500 dpi.
  public func impression(seed: UInt64, _ conditions: Conditions = Conditions()) -> FingerView {
    var random = SeededGenerator(seed: seed ^ 0xF17E_0000)
    let turn = Int.random(in: conditions.turn, using: &random)
    let (cosine, sine) = Self.direction(turn)
    let shiftX = Int.random(in: conditions.shift, using: &random) + Self.width / 2
    let shiftY = Int.random(in: conditions.shift, using: &random) + Self.height / 2
    let top = Double.random(in: 0...(1 - conditions.shown), using: &random) * 400 - 200
    var minutiae: [Minutia] = []
    for point in points {
      let isFound = Double.random(in: 0..<1, using: &random) >= conditions.dropped
      let x = point.x + conditions.jitter * Double.random(in: -1...1, using: &random)
      let y = point.y + conditions.jitter * Double.random(in: -1...1, using: &random)
      let spread = conditions.directionJitter
      let angle = point.angle + turn + Int.random(in: -spread...spread, using: &random)
      guard isFound, point.y >= top, point.y <= top + 400 * conditions.shown else { continue }
      minutiae.append(
        Minutia(
          kind: point.kind,
          x: shiftX + Int((cosine * x + sine * y).rounded()),
          y: shiftY + Int((cosine * y - sine * x).rounded()),
          angle: MinutiaAngle(steps: angle, per: 256),
          quality: conditions.quality ? point.quality : nil
        )
      )
    }
    for _ in 0..<conditions.spurious {
      minutiae.append(
        Minutia(
          kind: .other,
          x: Int.random(in: 0..<Self.width, using: &random),
          y: Int.random(in: 0..<Self.height, using: &random),
          angle: MinutiaAngle(steps: Int.random(in: 0..<256, using: &random), per: 256),
          quality: conditions.quality ? UInt8.random(in: 1...40, using: &random) : nil
        )
      )
    }
    minutiae.shuffle(using: &random)
    return FingerView(width: Self.width, height: Self.height, minutiae: minutiae)
  }

  private static func square(_ x: Double) -> Double { x * x }

  /// cos and sin of `steps`/256 turn by repeated turning: no mathematical library, whose last bits
  /// differ between systems.
  private static func direction(_ steps: Int) -> (cosine: Double, sine: Double) {
    let step = (cosine: 0.999_698_818_696_204_2, sine: 0.024_541_228_522_912_288)
    var result = (cosine: 1.0, sine: 0.0)
    for _ in 0..<((steps % 256 + 256) % 256) {
      result = (
        result.cosine * step.cosine - result.sine * step.sine,
        result.sine * step.cosine + result.cosine * step.sine
      )
    }
    return result
  }
}
