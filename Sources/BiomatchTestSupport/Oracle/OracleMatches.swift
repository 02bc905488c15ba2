import BiomatchFingerprint
import Foundation

/// All minutiae of two prints matched under a motion, and what the score makes of them.
struct OracleMatches {
  struct Match {
    var indices: (probe: Int, reference: Int)
    /// Squared distance and squared chord as shares of their tolerances.
    var u: Double
    var v: Double
  }

  private let a: [OraclePrint.Point]
  private let b: [OraclePrint.Point]
  private let probe: OraclePrint
  private let reference: OraclePrint
  private let motion: OracleMotion
  private let parameters: MatcherParameters
  let list: [Match]

  init(
    _ probe: OraclePrint,
    _ reference: OraclePrint,
    under motion: OracleMotion,
    _ parameters: MatcherParameters
  ) {
    self.probe = probe
    self.reference = reference
    self.motion = motion
    self.parameters = parameters
    a = probe.points
    b = reference.points
    var candidates: [Match] = []
    for i in a.indices {
      for j in b.indices {
        let v = Self.chord(a[i], b[j], motion, parameters)
        let distance = (b[j].place - motion(a[i].place)).square
        let u =
          distance / 2
          * (1 / Self.tolerance(a[i], from: motion.probe, parameters)
            + 1 / Self.tolerance(b[j], from: motion.reference, parameters))
        if u < 1, v < 1 { candidates.append(Match(indices: (i, j), u: u, v: v)) }
      }
    }
    // Mutual best by u + v.
    list = candidates.filter { match in
      candidates.allSatisfy { other in
        let competes =
          (other.indices.probe == match.indices.probe)
          != (other.indices.reference == match.indices.reference)
        return !competes || match.u + match.v <= other.u + other.v
      }
    }
  }

  /// The squared tolerance of a minutia's distance.
  private static func tolerance(
    _ point: OraclePrint.Point,
    from centroid: OracleVector,
    _ p: MatcherParameters
  ) -> Double {
    let radius =
      Double(p.matchDistance) + Double(p.matchSlope) * (point.place - centroid).length
    return pow(min(Double(p.matchDistanceLimit), radius), 2)
  }

  private static func chord(
    _ i: OraclePrint.Point,
    _ j: OraclePrint.Point,
    _ motion: OracleMotion,
    _ p: MatcherParameters
  ) -> Double {
    2 * (1 - cos(i.angle + motion.angle - j.angle)) / pow(Double(p.matchAngle), 2)
  }

  /// Cosine of two cylinders.
  static func similarity(_ i: OraclePrint.Point, _ j: OraclePrint.Point) -> Double {
    let common = i.cylinder.intersection(j.cylinder).count
    return Double(common) / Double(i.cylinder.count * j.cylinder.count).squareRoot()
  }

  /// The motion fitted to the matches.
  func refit() -> OracleMotion? {
    OracleMotion(
      fitting: list.map {
        (
          a[$0.indices.probe], b[$0.indices.reference],
          weight: max(Double(parameters.refitFloor), 1 - $0.u)
        )
      },
      lever: Double(parameters.directionLever)
    )
  }

  /// The score before rounding.
  func score() -> Double {
    guard list.count >= 3 else { return 0 }
    let p = parameters
    let aroundA = a.map { i in b.filter { isNear(i, $0) }.count }
    let aroundB = b.map { j in a.filter { isNear($0, j) }.count }
    var weight = 0.0
    var nearness = 0.0
    var evidence = 0.0
    for match in list {
      let (i, j) = match.indices
      let mean = (a[i].weight + b[j].weight) / 2
      weight += mean
      nearness += mean * (1 - match.u) * (1 - match.v)
      let crowd = (log(Double(aroundA[i]) + 0.3) + log(Double(aroundB[j]) + 0.3)) / 2
      evidence += mean * max(0, gain(match) - Double(p.evidenceCrowd) * crowd)
    }
    guard weight > 0 else { return 0 }
    let expected =
      (expectation(a, aroundA, motion.probe) + expectation(b, aroundB, motion.reference)) / 2
    let overlap =
      (inside(a, motion, reference, Set(list.map(\.indices.probe)))
        + inside(b, motion.inverse, probe, Set(list.map(\.indices.reference)))) / 2
    let surprise = nearness * log(weight / (expected + Double(p.expectedOffset)))
    var value = max(0, surprise) + Double(p.evidenceShare) * evidence
    value *= nearness / (overlap + Double(p.overlapOffset))
    if !p.anyRotation { value *= (1 + cos(motion.angle)) / 2 }
    return min(10_000, Double(p.scoreScale) * value)
  }

  private func isNear(_ i: OraclePrint.Point, _ j: OraclePrint.Point) -> Bool {
    (j.place - motion(i.place)).length < Double(parameters.densityRadius)
      && Self.chord(i, j, motion, parameters) < 1
  }

  /// What a match says, apart from its crowd.
  private func gain(_ match: Match) -> Double {
    let p = parameters
    let (i, j) = (a[match.indices.probe], b[match.indices.reference])
    var gain =
      Double(p.evidenceBase) - Double(p.evidenceDistance) * match.u
      - Double(p.evidenceAngle) * match.v
    gain +=
      i.cylinder.isEmpty || j.cylinder.isEmpty
      ? Double(p.evidenceWithoutCylinder)
      : Double(p.evidenceSimilarity) * Self.similarity(i, j)
    if i.kind != .other, j.kind != .other {
      gain += Double(p.evidenceKind) * (i.kind == j.kind ? 1 : -1)
    }
    return gain
  }

  private func expectation(
    _ points: [OraclePrint.Point],
    _ around: [Int],
    _ centroid: OracleVector
  ) -> Double {
    let area = pow(Double(parameters.densityRadius), 2)
    return zip(points, around).reduce(0) { sum, entry in
      let share = Double(entry.1) * Self.tolerance(entry.0, from: centroid, parameters) / area
      return sum + entry.0.weight * share / (1 + share / 2)
    }
  }

  /// The weight of the points that match or lie in the other print's dilated outline, whose reach is
  /// stored in whole pixels.
  private func inside(
    _ points: [OraclePrint.Point],
    _ motion: OracleMotion,
    _ other: OraclePrint,
    _ matched: Set<Int>
  ) -> Double {
    points.indices.reduce(0) { sum, i in
      let place = motion(points[i].place)
      let isInside = zip(OraclePrint.normals, other.reach).allSatisfy { normal, reach in
        place.dot(normal) <= reach.rounded(.up) + Double(parameters.overlapDilation)
      }
      return isInside || matched.contains(i) ? sum + points[i].weight : sum
    }
  }
}
