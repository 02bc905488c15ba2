/// What is certain about the score of a probe with a row, from their codes.
///
/// `docs/face-search.md` derives it. With q and x of unit length, q = s c + r and x = t d + u, where c
/// and d are codes, s and t their scales, and r and u what they leave of the vectors:
///
///     |q·x - s t (c·d)| <= |r| (|x| + |u|) + |q| |u|
///
/// A row whose score is at least S therefore has t (c·d + |u|/t slope) >= base(S).
///
/// Codes may also be those of the coordinates Bq and Bx in a ``FaceBasis`` B. Let G = B Bᵀ, and eta bound
/// the norm of G - 1. The projections Pq and Px into the subspace of B have the inner product
/// (Bq)ᵀ G⁻¹ (Bx), which differs from Bq·Bx by at most eta / (1 - eta) |Bq| |Bx| < 2 eta, and what lies
/// outside, q' and x', has at most |q'| |x'|:
///
///     |q·x - s t (c·d)| <= |r| (|Bx| + |u|) + |Bq| |u| + |q'| |x'| + 2 eta
///
/// with r and u what codes leave of Bq and Bx. A row then has t (c·d + |u|/t slope) >= base(S) -
/// |x'| outsideSlope. Coordinates are rounded to single precision, each by 2⁻²⁴ of itself: both together
/// change the product by less than 2⁻²¹.
struct ScoreBound: Sendable {
  /// Unit vectors are at most that long.
  static let length = 1 + 0x1p-20
  /// What rounding may add up to: of the canonical score, of the product of a whole number and a scale
  /// in single precision, and of the limit that it is compared with.
  static let rounding = 0x1p-18

  let scale: Double
  let sum: Int32
  let residual: Double
  /// The length of what lies outside of the subspace.
  private let outside: Double
  /// The most that coordinates are long.
  private let longest: Double
  /// What their basis adds to the difference.
  private let slack: Double

  init(scale: Float, sum: Int32, residual: Float) {
    self.scale = Double(scale)
    self.sum = sum
    self.residual = Double(residual)
    (outside, longest, slack) = (0, Self.length, 0)
  }

  /// The bound for codes of coordinates in a basis of that ``FaceBasis/deviation``.
  init(scale: Float, sum: Int32, residual: Float, outside: Float, deviation: Double) {
    self.scale = Double(scale)
    self.sum = sum
    self.residual = Double(residual)
    self.outside = Double(outside)
    longest = Self.length * (1 + deviation)
    slack = 2 * deviation + 0x1p-21
  }

  /// What the length of a row's part outside of the subspace counts, rounded up.
  var outsideSlope: Float { outside == 0 ? 0 : Float(outside / scale).nextUp }

  /// What the row's residual counts, in units of the row's scale, rounded up.
  var slope: Float { Float((longest + residual) / scale).nextUp }

  /// The score that a row with t (c·d - |u|/t slope) - |x'| outsideSlope = `product` has at least, rounded
  /// down.
  func least(product: Float) -> Float {
    Float(Double(product) * scale - residual * longest - slack - Self.rounding).nextDown
  }

  /// What a row without a residual and inside the subspace must reach, rounded down.
  func base(least: Float) -> Float {
    let value = (Double(least) - Self.rounding - slack - residual * longest) / scale
    return value.isFinite ? Float(value).nextDown : -.infinity
  }
}
