import BiomatchCore

/// Numbers in tables for people.
enum Figure {
  /// A score between -1 and 1 with four decimals.
  static func cosine(_ score: SimilarityScore) -> String {
    let parts = Int((score.value.magnitude * 10_000).rounded())
    return "\(score.value < 0 && parts > 0 ? "-" : "")\(tenThousandths(parts))"
  }

  /// A share, not negative, with four decimals.
  static func fraction(_ share: Double) -> String {
    tenThousandths(Int((share * 10_000).rounded()))
  }

  private static func tenThousandths(_ parts: Int) -> String {
    let decimals = String(parts % 10_000)
    let zeros = String(repeating: "0", count: 4 - decimals.count)
    return "\(parts / 10_000).\(zeros)\(decimals)"
  }

  /// `1234567` as `1,234,567`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    let groups = stride(from: digits.count % 3 - 3, to: digits.count, by: 3)
      .map { String(digits[max(0, $0)..<$0 + 3]) }.filter { !$0.isEmpty }
    return (number < 0 ? "-" : "") + groups.joined(separator: ",")
  }

  /// A fraction in percent with one decimal, without the sign.
  static func percent(_ fraction: Double) -> String { tenths(fraction * 100) }

  /// Whole from ten on, below with one decimal.
  static func rough(_ number: Double) -> String {
    number >= 9.95 ? grouped(Int(number.rounded())) : tenths(number)
  }

  private static func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
