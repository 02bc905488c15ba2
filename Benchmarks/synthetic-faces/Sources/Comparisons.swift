/// The cosines of many comparisons: their moments, and counts in narrow bins.
struct Comparisons {
  private static let binsPerUnit = 20_000.0

  private(set) var count = 0
  private var sum = 0.0
  private var squares = 0.0
  private var bins = [Int](repeating: 0, count: 2 * Int(binsPerUnit) + 1)

  mutating func add(_ cosine: Double) {
    count += 1
    sum += cosine
    squares += cosine * cosine
    bins[Int(((min(max(cosine, -1), 1) + 1) * Self.binsPerUnit).rounded())] += 1
  }

  var mean: Double { sum / Double(count) }

  var deviation: Double { max(0, squares / Double(count) - mean * mean).squareRoot() }

  /// The cosine that a share of the comparisons reaches; nothing where that are fewer than ten.
  func threshold(reachedBy share: Double) -> Double? {
    guard share * Double(count) >= 10 else { return nil }
    var rest = Int(share * Double(count))
    for bin in bins.indices.reversed() {
      rest -= bins[bin]
      if rest < 0 { return Double(bin) / Self.binsPerUnit - 1 }
    }
    return nil
  }

  /// The error rate at the threshold where both rates are nearest.
  static func equalErrorRate(genuine: Comparisons, impostor: Comparisons) -> Double {
    var (missed, passed) = (0, impostor.count)
    var best = (difference: Double.infinity, rate: 1.0)
    for bin in genuine.bins.indices {
      let misses = Double(missed) / Double(genuine.count)
      let passes = Double(passed) / Double(impostor.count)
      if abs(misses - passes) < best.difference {
        best = (abs(misses - passes), (misses + passes) / 2)
      }
      missed += genuine.bins[bin]
      passed -= impostor.bins[bin]
    }
    return best.rate
  }
}
