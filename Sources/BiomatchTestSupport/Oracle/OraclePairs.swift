import BiomatchFingerprint
import Foundation

/// The best pairs by cylinders, and the rigid motions that they propose.
struct OraclePairs {
  struct Pair {
    var a: OraclePrint.Point
    var b: OraclePrint.Point
    var similarity: Double

    var rotation: Double { b.angle - a.angle }
  }

  private let pairs: [Pair]
  private let parameters: MatcherParameters

  init(_ probe: OraclePrint, _ reference: OraclePrint, _ parameters: MatcherParameters) {
    self.parameters = parameters
    let (a, b) = (probe.points, reference.points)
    // Whole multiples of 1/32,768.
    let similarity = a.map { i in b.map { j in Self.similarity(i, j, parameters) } }
    var chosen: [(i: Int, j: Int)] = []
    for i in a.indices {
      if let j = Self.first(of: b.indices, by: { similarity[i][$0] }) { chosen.append((i, j)) }
    }
    for j in b.indices {
      guard let i = Self.first(of: a.indices, by: { similarity[$0][j] }),
        !chosen.contains(where: { $0 == (i, j) })
      else { continue }
      chosen.append((i, j))
    }
    let ranked = chosen.map { similarity[$0.i][$0.j] }.sorted(by: >)
    let least = ranked.count > parameters.pairs ? ranked[parameters.pairs - 1] : 0
    pairs = chosen.filter { similarity[$0.i][$0.j] >= least }.prefix(64).map {
      Pair(a: a[$0.i], b: b[$0.j], similarity: Double(similarity[$0.i][$0.j]) / 32_768)
    }
  }

  private static func similarity(
    _ i: OraclePrint.Point,
    _ j: OraclePrint.Point,
    _ p: MatcherParameters
  ) -> Int {
    let turn = abs((i.steps - j.steps + 384) % 256 - 128)
    guard turn <= p.directionGate, !i.cylinder.isEmpty, !j.cylinder.isEmpty else { return 0 }
    return Int(32_768 * OracleMatches.similarity(i, j))
  }

  /// The first of the indices with the largest value, which must be positive.
  private static func first(of indices: Range<Int>, by value: (Int) -> Int) -> Int? {
    guard let largest = indices.map(value).max(), largest > 0 else { return nil }
    return indices.first { value($0) == largest }
  }

  /// How far pair b agrees with the motion that pair a proposes.
  private func compatibility(_ a: Pair, _ b: Pair) -> Double {
    let p = parameters
    let inProbe = b.a.place - a.a.place
    let inReference = b.b.place - a.b.place
    let rest = inReference - inProbe.turned(by: a.rotation)
    let square = (inProbe.square + inReference.square) / 2
    let allowed =
      pow(Double(p.compatibleDistance), 2) + pow(Double(p.compatibleSlope), 2) * square
    let chord = 2 * (1 - cos(b.rotation - a.rotation)) / pow(Double(p.compatibleAngle), 2)
    return pow(max(0, 1 - rest.square / allowed - chord), 2)
  }

  /// The pairs whose motions are followed up, at most two.
  var proposals: [Pair] {
    guard pairs.count >= 2 else { return [] }
    let support = pairs.map { a in
      pairs.reduce(0) { $0 + $1.similarity * compatibility(a, $1) }
    }
    // `max` keeps the first of equals.
    func best(of candidates: [Int]) -> Int? { candidates.max { support[$0] < support[$1] } }
    guard let first = best(of: Array(pairs.indices)) else { return [] }
    let others = pairs.indices.filter {
      compatibility(pairs[first], pairs[$0]) <= Double(parameters.secondHypothesis)
    }
    let second = best(of: others)
    return [pairs[first]] + (second.map { [pairs[$0]] } ?? [])
  }

  /// The motion that fits the pairs agreeing with `seed`.
  func motion(of seed: Pair) -> OracleMotion? {
    OracleMotion(
      fitting: pairs.map {
        ($0.a, $0.b, weight: compatibility(seed, $0) * $0.similarity)
      },
      lever: Double(parameters.directionLever)
    )
  }
}

/// A rigid motion: reference = turned (probe - probe centroid) + reference centroid.
struct OracleMotion {
  let angle: Double
  let probe: OracleVector
  let reference: OracleVector

  /// Weighted least squares over places, and directions at the end of a lever.
  init?(
    fitting pairs: [(OraclePrint.Point, OraclePrint.Point, weight: Double)],
    lever: Double
  ) {
    let total = pairs.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return nil }
    let zero = OracleVector(x: 0, y: 0)
    let a = pairs.reduce(zero) { $0 + ($1.weight / total) * $1.0.place }
    let b = pairs.reduce(zero) { $0 + ($1.weight / total) * $1.1.place }
    var along = 0.0
    var across = 0.0
    for (p, q, weight) in pairs {
      let turn = q.angle - p.angle
      along += weight * ((p.place - a).dot(q.place - b) + lever * lever * cos(turn))
      across += weight * ((p.place - a).cross(q.place - b) + lever * lever * sin(turn))
    }
    angle = atan2(across, along)
    probe = a
    reference = b
  }

  func callAsFunction(_ place: OracleVector) -> OracleVector {
    (place - probe).turned(by: angle) + reference
  }

  var inverse: OracleMotion { OracleMotion(angle: -angle, probe: reference, reference: probe) }

  private init(angle: Double, probe: OracleVector, reference: OracleVector) {
    self.angle = angle
    self.probe = probe
    self.reference = reference
  }
}
