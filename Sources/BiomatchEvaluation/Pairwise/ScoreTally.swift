/// How many genuine and impostor scores lie in each of many narrow intervals.
///
/// The intervals are those of numbers whose first 18 bits agree: their ends are 1/512 of the score
/// apart or less. Counts between intervals are exact, whatever lies inside.
struct ScoreTally: Sendable {
  static let binCount = 1 << 18

  private(set) var genuine = Array(repeating: 0, count: Self.binCount)
  private(set) var impostor = Array(repeating: 0, count: Self.binCount)

  mutating func add(_ scores: [Float], isGenuine: Bool) {
    if isGenuine {
      for score in scores { genuine[Self.bin(of: score)] += 1 }
    } else {
      for score in scores { impostor[Self.bin(of: score)] += 1 }
    }
  }

  mutating func add(_ other: ScoreTally) {
    for bin in 0..<Self.binCount {
      genuine[bin] += other.genuine[bin]
      impostor[bin] += other.impostor[bin]
    }
  }

  /// The bin of a score, which rises with it.
  static func bin(of score: Float) -> Int {
    // Adding zero turns -0, which is no other score, into +0.
    let bits = (score + 0).bitPattern
    return Int((bits >> 31 == 0 ? bits | 1 << 31 : ~bits) >> 14)
  }

  /// The lowest score of a bin.
  static func lowestScore(ofBin bin: Int) -> Float {
    let key = UInt32(bin) << 14
    let score = Float(bitPattern: key >> 31 == 1 ? key & ~(1 << 31) : ~key)
    return score + 0
  }
}
