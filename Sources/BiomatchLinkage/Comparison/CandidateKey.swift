/// A candidate of a known row of the first side as a whole number, smaller the earlier it is listed.
///
/// In its upper half it has the score, rounded down to a multiple of 1/n and counted from 1 down, in its lower
/// half the row of the second side. Scores are quotients 2 c / s, and n is at least half the square of the largest
/// s: two that differ, differ by 1/n at least. So keys are in the order of the list, and the common bits can be
/// had back from them.
struct CandidateKey: Sendable {
  /// What stands for the score 1.
  private let one: UInt64
  private let unit: Double
  private let step: Double
  /// How many bits of the upper half are in use.
  let scoreBits: Int

  /// The keys of codes of so many words.
  init(wordsPerRow: Int, threshold: DiceThreshold) {
    let sumBits = UInt64.bitWidth - UInt64(2 * 64 * wordsPerRow - 1).leadingZeroBitCount
    one = 1 << UInt64(2 * sumBits - 1)
    unit = Double(one)
    step = 1 / unit
    let worst = one - UInt64(threshold.value * unit)
    scoreBits = UInt64.bitWidth - worst.leadingZeroBitCount
  }

  /// The key of a pair.
  func key(common: Int, sum: Int, b: UInt32) -> UInt64 {
    let score = UInt64(DiceThreshold.score(common: common, sum: sum) * unit)
    return (one - score) << 32 | UInt64(b)
  }

  /// The score rounded down to units of 2^-30, as rows need it.
  func floor(of key: UInt64) -> UInt32 {
    UInt32((Double(one - key >> 32) * step * Double(1 << 30)))
  }

  /// The pair of a key.
  ///
  /// - Parameters:
  ///   - onesA, onesB: how many bits are set in the rows of both sides.
  func pair(_ key: UInt64, a: Int, onesA: [UInt16], onesB: [UInt16]) -> CandidatePair {
    let b = Int(UInt32(truncatingIfNeeded: key))
    let sum = Int(onesA[a]) + Int(onesB[b])
    let score = (Double(one - key >> 32) + 0.5) * step
    let common = Int(score * Double(sum) / 2 + 0.5)
    return CandidatePair(a: a, b: b, score: DiceThreshold.score(common: common, sum: sum))
  }
}
