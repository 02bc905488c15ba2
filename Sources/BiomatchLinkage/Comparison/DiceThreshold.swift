/// The least Dice coefficient of a candidate pair, decided in whole numbers.
///
/// The Dice coefficient of two codes is 2 c / (|a| + |b|), with c bits set in both and |a|, |b| set in each
/// (Dice, doi:10.2307/1932409); that of an empty code with any other is 0. A pair is a candidate where this
/// quotient, in double precision, is at least the threshold: the rule of the package anonlink. For each sum
/// |a| + |b| there is a least c from which on that holds, so the comparisons need no division.
public struct DiceThreshold: Sendable, Hashable {
  /// The threshold, 0...1.
  public let value: Double

  /// A threshold of that value.
  ///
  /// - Throws: ``CodesError/threshold(_:)``.
  public init(_ value: Double) throws(CodesError) {
    guard (0...1).contains(value) else { throw .threshold(value) }
    // Of the two zeros the plain one.
    self.value = value + 0
  }

  /// The Dice coefficient of two codes that have `common` of their `sum` set bits in common.
  public static func score(common: Int, sum: Int) -> Double {
    sum == 0 ? 0 : Double(2 * common) / Double(sum)
  }

  /// How many bits two codes must have in common; more than any can have where they are both empty and
  /// the threshold is above 0.
  ///
  /// - Parameter sum: how many bits they have set together.
  public func least(sum: Int) -> Int {
    guard sum > 0 else { return value == 0 ? 0 : 1 }
    var common = Int(value * Double(sum) / 2)
    while common > 0, Self.score(common: common - 1, sum: sum) >= value { common -= 1 }
    while Self.score(common: common, sum: sum) < value { common += 1 }
    return common
  }

  /// The same for every sum that codes of so many words can have.
  func table(words: Int) -> [UInt16] { (0...2 * 64 * words).map { UInt16(least(sum: $0)) } }
}
