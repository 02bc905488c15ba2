import BiomatchCore

/// How surprising it is that so many minutiae match, and how much of the overlap they cover.
///
/// With m the weighted nearness of the matches, M their weight, l the weight expected by chance, E
/// their evidence, o the weight of the overlap and r the rotation, all relative to the mean minutia:
///
///     S = (max(0, m ln(M / (l + 0.5))) + 0.3 E) * m / (o + 4) * (1 + cos r) / 2
///
/// The score is 16 S, rounded to a whole number and limited to 10,000, which a print compared with
/// itself does not reach.
struct SurpriseScore {
  let parameters: MatcherParameters

  /// Fewer matches than this say nothing: any two prints share them.
  static let minimumMatches = 3

  func score(_ sums: MatchSums) -> Float {
    guard sums.count >= Self.minimumMatches, sums.weight > 0 else { return 0 }
    let ratio = sums.weight / (sums.expected + parameters.expectedOffset)
    let surprise = sums.nearness * Float(ReproducibleMath.logarithm(Double(ratio)))
    var value = max(0, surprise) + parameters.evidenceShare * sums.evidence
    value *= sums.nearness / (sums.overlap + parameters.overlapOffset)
    if !parameters.anyRotation { value *= (1 + sums.cosine) / 2 }
    let points = (value * parameters.scoreScale).rounded(.toNearestOrAwayFromZero)
    return min(MatcherParameters.scoreLimit, points)
  }
}
