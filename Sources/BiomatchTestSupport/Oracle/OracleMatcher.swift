import BiomatchFingerprint

/// The whole comparison once more, in double precision and as plainly as the formulas of
/// `docs/fingerprint-matching.md` can be written down.
///
/// It shares no code with the matcher. It may differ where rounding turns a comparison: a bit of a
/// cylinder, a tie between pairs, a minutia at the end of a tolerance.
public struct OracleMatcher: Sendable {
  let parameters: MatcherParameters

  /// An oracle for the matcher with these parameters.
  public init(parameters: MatcherParameters = .standard) { self.parameters = parameters }

  /// The score before it is rounded, and what it comes from.
  public struct Answer: Sendable {
    /// The score, not rounded.
    public var score = 0.0
    /// Indices of matched minutiae.
    public var pairs: [(probe: Int, reference: Int)] = []
  }

  /// The print as the oracle sees it.
  public func print(_ template: FingerprintTemplate) -> OraclePrint {
    OraclePrint(template, parameters)
  }

  /// Compares two prints.
  public func compare(_ probe: OraclePrint, _ reference: OraclePrint) -> Answer {
    let pairs = OraclePairs(probe, reference, parameters)
    var best = Answer()
    for seed in pairs.proposals {
      guard let motion = pairs.motion(of: seed) else { continue }
      let first = OracleMatches(probe, reference, under: motion, parameters)
      guard first.list.count >= 2, let refined = first.refit() else { continue }
      let second = OracleMatches(probe, reference, under: refined, parameters)
      let score = second.score()
      if score > best.score { best = Answer(score: score, pairs: second.list.map(\.indices)) }
    }
    return best
  }
}

/// A place or a direction in the plane, y upward.
struct OracleVector {
  var x: Double
  var y: Double

  var square: Double { x * x + y * y }
  var length: Double { square.squareRoot() }

  func dot(_ other: OracleVector) -> Double { x * other.x + y * other.y }
  func cross(_ other: OracleVector) -> Double { x * other.y - y * other.x }

  /// Turned counterclockwise.
  func turned(by angle: Double) -> OracleVector {
    let direction = OracleVector(angle: angle)
    return OracleVector(
      x: direction.x * x - direction.y * y,
      y: direction.y * x + direction.x * y
    )
  }

  static func + (a: OracleVector, b: OracleVector) -> OracleVector {
    OracleVector(x: a.x + b.x, y: a.y + b.y)
  }

  static func - (a: OracleVector, b: OracleVector) -> OracleVector {
    OracleVector(x: a.x - b.x, y: a.y - b.y)
  }

  static func * (factor: Double, a: OracleVector) -> OracleVector {
    OracleVector(x: factor * a.x, y: factor * a.y)
  }
}
