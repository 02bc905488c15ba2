import BiomatchCore

/// Which pairs of prints a screened search gives up early.
///
/// The first gate pairs each minutia of the reference with the most similar one of the probe, by the
/// cylinders, and asks of the best pairs how many others agree with the rigid motion that they imply.
/// The second gate computes the score under the best of these motions. What passes both is compared
/// in full and gets the score of an exhaustive search; what does not scores 0.
///
/// `docs/fingerprint-search.md` says how many pairs pass and what is lost.
struct ScreeningGates: Sendable, Hashable {
  /// The gates of all published figures.
  static let standard = ScreeningGates()

  /// Largest difference of direction between a pair's minutiae, 1/256 turn.
  var directionGate = 40
  /// Place tolerance of agreeing pairs, pixels at 500 dpi; it grows by 7/64 of their distance.
  var tolerance: Float = 9
  /// A pair that is this much nearer than its tolerance agrees in full.
  var toleranceLimit: Float = 10
  /// Pairs whose rotations differ by this or more do not agree, 1/256 turn.
  var turnLimit = 26
  /// Support that passes the first gate, for a print of one minutia; it grows with the number of
  /// minutiae to the power of 0.9.
  var supportFactor: Float = 22.5
  /// Score that passes the second gate.
  var leastScore: Float = 11

  /// The support that passes the first gate where the smaller print has so many minutiae.
  func leastSupport(minutiae: Int) -> Int32 {
    guard minutiae > 0 else { return 1 }
    let power =
      1 / ReproducibleMath.exponential(-0.9 * ReproducibleMath.logarithm(Double(minutiae)))
    return max(1, Int32(Double(supportFactor) * power))
  }
}
