/// Cuts a number into tokens that near numbers share: whole numbers around it on a common grid.
///
/// Source: D. Vatsalan, P. Christen, "Privacy-preserving matching of similar patients", Journal of
/// Biomedical Informatics 59, 2016, doi:10.1016/j.jbi.2015.12.004.
public struct NumericNeighbourhood: Sendable, Hashable {
  /// Numbers that are farther apart share no token.
  public let thresholdDistance: Double
  /// How many tokens there are on either side of the number, 1 to 4096.
  public let resolution: Int
  /// How many decimals count, 0 to 15.
  public let fractionalPrecision: Int
  /// The distance of two tokens, in units of the grid.
  let interval: Int128

  /// The neighbourhood with the given parameters; `nil` when they are out of their bounds, or the
  /// distance is zero at that precision or larger than 2^53.
  public init?(thresholdDistance: Double, resolution: Int, fractionalPrecision: Int = 0) {
    guard thresholdDistance > 0, (1...4096).contains(resolution),
      (0...15).contains(fractionalPrecision)
    else { return nil }
    let scale = Double(Self.power(of: fractionalPrecision))
    let interval = (thresholdDistance * scale).rounded(.toNearestOrEven)
    guard interval >= 1, interval <= 0x1p53 else { return nil }
    self.thresholdDistance = thresholdDistance
    self.resolution = resolution
    self.fractionalPrecision = fractionalPrecision
    self.interval = Int128(interval)
  }

  /// How many tokens a number has.
  var tokenCount: Int { 2 * resolution + 1 }

  /// The first of the tokens, which are ``interval`` apart; `nil` when the text is no number or one
  /// that is too large.
  func firstToken(of text: [UInt32]) -> Int128? {
    guard let value = quantised(text) else { return nil }
    let (scaled, overflow) = value.multipliedReportingOverflow(by: Int128(2 * resolution))
    guard !overflow, scaled.magnitude < 1 << 120 else { return nil }
    let remainder = scaled % interval
    let residue = remainder < 0 ? remainder + interval : remainder
    let nearest = 2 * residue < interval ? scaled - residue : scaled + interval - residue
    let centre = residue == 0 ? scaled : nearest
    return centre - Int128(resolution) * interval
  }

  /// The number in units of its last decimal that counts.
  private func quantised(_ text: [UInt32]) -> Int128? {
    let power = Self.power(of: fractionalPrecision)
    if let digits = PythonNumber.integer(text) {
      guard let value = Int128(digits) else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: Int128(power))
      return overflow ? nil : product
    }
    guard let value = PythonNumber.real(text), value.isFinite else { return nil }
    let scaled =
      fractionalPrecision > 0
      ? (value * Double(power)).rounded(.toNearestOrEven) : value.rounded(.towardZero)
    guard scaled.magnitude < 0x1p120 else { return nil }
    return Int128(scaled)
  }

  private static func power(of exponent: Int) -> Int {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
