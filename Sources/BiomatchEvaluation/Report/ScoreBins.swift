import Foundation

/// Intervals of equal width over the scores.
struct ScoreBins {
  private let low: Double
  private let high: Double
  private let count: Int
  private let width: Double
  private let isCut: Bool

  /// Bins over all impostor scores and all but the highest 2 % of the genuine ones: a few prints
  /// compared with their twins would otherwise squeeze everything else into a corner.
  init(genuine: [Double], impostor: [Double], limit: Int) {
    // The width of the axis must stay a number, whatever the scores are.
    let limits = -1e300...1e300
    let lowest = min(genuine.first ?? 0, impostor.first ?? 0).clamped(to: limits)
    let cut = genuine.isEmpty ? 0 : genuine[min(genuine.count - 1, genuine.count * 98 / 100)]
    let highest = max(cut, impostor.last ?? 0).clamped(to: limits)
    // Equal scores have a bin, too, and one that is wide enough to have two ends in floating point.
    let shortest = 1e-9 * max(1, abs(lowest), abs(highest))
    let step = Self.niceStep(for: max(highest - lowest, shortest))
    low = (lowest / step).rounded(.down) * step
    let end = max((highest / step).rounded(.up) * step, low + step)
    // Bins that hold two whole numbers here and three there would make teeth.
    let isWhole = [genuine, impostor].joined().allSatisfy { $0 == $0.rounded() }
    let narrowest = (end - low) / Double(limit)
    width = isWhole ? narrowest.rounded(.up) : narrowest
    count = min(limit, max(1, Int(((end - low) / width).rounded(.up))))
    high = low + Double(count) * width
    isCut = (genuine.last ?? 0) > high
  }

  var axisName: String { isCut ? "Score (the last bin holds all higher ones)" : "Score" }

  func share(ofScore score: Double) -> Double { (score - low) / (high - low) }

  func shares(of scores: [Double]) -> [Double] {
    var counts = Array(repeating: 0, count: count)
    for score in scores {
      let bin = ((score - low) / width).rounded(.down)
      counts[Int(min(max(bin, 0), Double(count - 1)))] += 1
    }
    return counts.map { scores.isEmpty ? 0 : Double($0) / Double(scores.count) }
  }

  var ticks: [Tick] {
    let step = Self.niceStep(for: high - low)
    let steps = Int(((high - low) / step).rounded(.down))
    return (0...steps).map { index in
      let value = low + Double(index) * step
      let rounded = (value / step).rounded() * step
      return Tick(share: share(ofScore: rounded), label: Self.label(rounded, step: step))
    }
  }

  /// 1, 2 or 5 times a power of ten, five to ten of which make up `length`.
  private static func niceStep(for length: Double) -> Double {
    let rough = length / 8
    let decade = pow(10, log10(rough).rounded(.down))
    let factor = [1, 2, 5, 10].first { $0 * decade >= rough } ?? 10
    return factor * decade
  }

  private static func label(_ value: Double, step: Double) -> String {
    let digits = max(0, Int(-log10(step).rounded(.down)))
    return String(format: "%.\(min(digits, 9))f", locale: nil, value)
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
