import BiomatchCore

/// The tails of the standard normal distribution, by plain arithmetic.
enum NormalTail {
  private static let density = (2 / ReproducibleMath.pi).squareRoot()

  /// The share of deviates that are farther from zero than `x`, which is 0...7.
  ///
  /// The series and the continued fraction are 26.2.11 and 26.2.14 of Abramowitz and Stegun, "Handbook
  /// of Mathematical Functions", 1964.
  static func share(beyond x: Double) -> Double {
    let height = density * ReproducibleMath.exponential(-x * x / 2)
    guard x >= 2.5 else {
      var sum = 1.0
      for k in stride(from: 51.0, through: 3, by: -2) { sum = 1 + x * x / k * sum }
      return 1 - height * x * sum
    }
    var fraction = x
    for k in stride(from: 60.0, through: 1, by: -1) { fraction = x + k / fraction }
    return height / fraction
  }

  /// The distance from zero beyond which that share of deviates lies.
  ///
  /// - Parameters:
  ///   - share: 1e-10 ... 1.
  ///   - start: a distance that is no greater, and near.
  static func deviate(ofShare share: Double, above start: Double) -> Double {
    // The share is a convex function of the distance, so Newton's steps from the left stay there.
    var x = start
    for _ in 0..<8 {
      x += (Self.share(beyond: x) - share) / (density * ReproducibleMath.exponential(-x * x / 2))
    }
    return x
  }
}
