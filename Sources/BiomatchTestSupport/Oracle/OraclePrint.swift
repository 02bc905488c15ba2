import BiomatchFingerprint
import Foundation

extension OracleVector {
  /// The unit vector of an angle in radians. The cosine of a right angle is zero, so that whole
  /// lengths along an axis stay whole.
  init(angle: Double) {
    func exact(_ value: Double) -> Double { abs(value) < 1e-12 ? 0 : value }
    self.init(x: exact(cos(angle)), y: exact(sin(angle)))
  }
}

/// A print with the weights and cylinders of its minutiae.
public struct OraclePrint: Sendable {
  struct Point: Sendable {
    var place: OracleVector
    var angle: Double
    var steps: Int
    var kind: Minutia.Kind
    var quality: Double?
    var weight = 1.0
    var cylinder: Set<Int> = []
  }

  /// Normals of the sixteen half planes whose intersection is the outline.
  static let normals = (0..<16).map { OracleVector(angle: Double($0) * .pi / 8) }

  let points: [Point]
  /// How far the minutiae reach along each normal.
  let reach: [Double]

  init(_ template: FingerprintTemplate, _ parameters: MatcherParameters) {
    var points = template.minutiae.map { minutia in
      Point(
        place: OracleVector(x: Double(minutia.x), y: -Double(minutia.y)),
        angle: Double(minutia.angle) * .pi / 128,
        steps: Int(minutia.angle),
        kind: minutia.kind,
        quality: minutia.quality.map(Double.init)
      )
    }
    let reach = Self.normals.map { normal in points.map { $0.place.dot(normal) }.max() ?? 0 }
    let weights = Self.weights(points, reach, parameters)
    let cylinders = points.indices.map { Self.cylinder(of: $0, points, parameters) }
    for i in points.indices {
      points[i].weight = weights[i]
      points[i].cylinder = cylinders[i]
    }
    self.points = points
    self.reach = reach
  }

  /// The set bits of each minutia's cylinder: 6 cell + section.
  public var cylinders: [Set<Int>] { points.map(\.cylinder) }

  /// Weights as they are stored, in whole 1/64.
  private static func weights(
    _ points: [Point],
    _ reach: [Double],
    _ p: MatcherParameters
  ) -> [Double] {
    let reported = points.compactMap(\.quality)
    let typical = reported.isEmpty ? 1 : reported.reduce(0, +) / Double(reported.count)
    let raw = points.indices.map { i -> Double in
      let direction = OracleVector(angle: points[i].angle)
      let isBorder = zip(normals, reach).contains { normal, reach in
        reach - points[i].place.dot(normal) < Double(p.borderWidth)
          && -direction.dot(normal) > Double(p.borderDirection)
      }
      let crowd = points.indices.filter { j in
        j != i && (points[j].place - points[i].place).length < Double(p.crowdingRadius)
      }
      return (points[i].quality ?? typical) * (isBorder ? Double(p.borderWeight) : 1)
        * pow(Double(p.crowdingWeight), Double(min(9, crowd.count)))
    }
    let mean = raw.reduce(0, +) / Double(max(1, raw.count))
    return raw.map { (min(Double(p.weightLimit), $0 / mean) * 64).rounded() / 64 }
  }

  private static func cylinder(of i: Int, _ points: [Point], _ p: MatcherParameters) -> Set<Int> {
    let radius = Double(p.cylinderRadius)
    let deviation = Double(p.spatialDeviation)
    let neighbours = points.indices.filter { j in
      j != i && (points[j].place - points[i].place).length <= radius + 3 * deviation
    }
    guard neighbours.count >= p.minimumNeighbours else { return [] }
    let pitch = radius / 4
    var bits: Set<Int> = []
    var cell = 0
    for row in 0..<8 {
      for column in 0..<8 {
        let offset = OracleVector(
          x: (Double(column) - 3.5) * pitch,
          y: (Double(row) - 3.5) * pitch
        )
        guard offset.length <= radius else { continue }
        let centre = points[i].place + offset.turned(by: points[i].angle)
        for section in 0..<6 {
          let sum = neighbours.reduce(0.0) { sum, j in
            // The influence is a function of the squared distance in whole pixels.
            let square = (points[j].place - centre).square.rounded()
            guard square.squareRoot() <= 3 * deviation else { return sum }
            let difference = points[i].angle - points[j].angle
            return sum + exp(-square / (2 * deviation * deviation))
              * share(of: section, difference, Double(p.directionalDeviation))
          }
          if sum >= Double(p.cellThreshold) { bits.insert(6 * cell + section) }
        }
        cell += 1
      }
    }
    return bits
  }

  /// Which share of a normal density around the difference falls into a sixth of a turn.
  private static func share(
    of section: Int,
    _ difference: Double,
    _ deviation: Double
  ) -> Double {
    let width = Double.pi / 3
    let centre = -Double.pi + (Double(section) + 0.5) * width
    let offset = remainder(centre - difference, 2 * .pi)
    func below(_ x: Double) -> Double { 0.5 * (1 + erf(x / (deviation * 2.0.squareRoot()))) }
    return below(offset + width / 2) - below(offset - width / 2)
  }
}
