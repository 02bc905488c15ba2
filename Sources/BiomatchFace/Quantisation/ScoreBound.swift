/// What is certain about the score of a probe with a row, from their codes.
///
/// `docs/face-search.md` derives it. With q and x of unit length, q = s c + r and x = t d + u, where c
/// and d are codes, s and t their scales, and r and u what they leave of the vectors:
///
///     |q·x - s t (c·d)| <= |r| (|x| + |u|) + |q| |u|
///
/// A row whose score is at least S therefore has t (c·d + |u|/t slope) >= base(S).
struct ScoreBound: Sendable {
  /// Unit vectors are at most that long.
  static let length = 1 + 0x1p-20
  /// What rounding may add up to: of the canonical score, of the product of a whole number and a scale
  /// in single precision, and of the limit that it is compared with.
  static let rounding = 0x1p-18

  let scale: Double
  let sum: Int32
  let residual: Double

  init(scale: Float, sum: Int32, residual: Float) {
    self.scale = Double(scale)
    self.sum = sum
    self.residual = Double(residual)
  }

  /// What the row's residual counts, in units of the row's scale, rounded up.
  var slope: Float { Float((Self.length + residual) / scale).nextUp }

  /// The score that a row with t (c·d - |u|/t slope) = `product` has at least, rounded down.
  func least(product: Float) -> Float {
    Float(Double(product) * scale - residual * Self.length - Self.rounding).nextDown
  }

  /// What a row without a residual must reach, rounded down.
  func base(least: Float) -> Float {
    let value = (Double(least) - Self.rounding - residual * Self.length) / scale
    return value.isFinite ? Float(value).nextDown : -.infinity
  }
}
