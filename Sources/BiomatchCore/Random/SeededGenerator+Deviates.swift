/// Random deviates from whole-number and IEEE arithmetic alone: the same bits on every machine and
/// with every version of the standard library.
extension SeededGenerator {
  /// A generator for one of many independent streams.
  ///
  /// Each number is mixed into the state by the generator's own output function, so that near
  /// numbers lead to unrelated streams.
  package init(seed: UInt64, stream: UInt64, _ substream: UInt64) {
    var mixer = SeededGenerator(seed: seed)
    mixer = SeededGenerator(seed: mixer.next() ^ stream)
    mixer = SeededGenerator(seed: mixer.next() ^ substream)
    self.init(seed: mixer.next())
  }

  /// A number in 0 ..< 1, uniformly.
  @inlinable
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A whole number in 0 ..< `bound`, which is 1 ... 2^32, with an error of `bound` / 2^32 in the
  /// frequencies.
  @inlinable
  package mutating func number(below bound: Int) -> Int {
    Int(((next() >> 32) &* UInt64(bound)) >> 32)
  }

  /// A number in `low` ..< `high`, uniformly.
  @inlinable
  package mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// A normal deviate with mean 0 and deviation 1, within 4.9 deviations.
  ///
  /// The sum of the eight bytes of one draw has a mean of 1,020 and a variance of 8 x 65,535 / 12.
  @inlinable
  package mutating func normal() -> Double {
    let bits = next()
    let mask: UInt64 = 0x00FF_00FF_00FF_00FF
    let pairs = (bits & mask) &+ ((bits >> 8) & mask)
    let sum = (pairs &* 0x0001_0001_0001_0001) >> 48
    return (Double(sum) - 1_020) * (1 / 209.020_732_942_351_9)
  }

  /// e to the power of a normal deviate times `deviation`, which is below 4.
  package mutating func logNormal(deviation: Double) -> Double {
    ReproducibleMath.growth(deviation * normal())
  }

  /// A whole number, at most `limit`, whose mean is `mean` and whose variance is about as large, as
  /// that of a count of rare events.
  package mutating func count(mean: Double, limit: Int) -> Int {
    // The whole part of a number plus a uniform one has that number for its mean.
    let value = mean + mean.squareRoot() * normal() + uniform()
    return value > 0 ? Int(min(value, Double(limit))) : 0
  }
}
