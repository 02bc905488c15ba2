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
  init(genuine: ScoreFrequencies, impostor: ScoreFrequencies, limit: Int) {
    // The width of the axis must stay a number, whatever the scores are.
    let limits = -1e300...1e300
    let lowest = min(genuine.lowest ?? 0, impostor.lowest ?? 0).clamped(to: limits)
    let cut = genuine.score(ofPlace: genuine.total * 98 / 100) ?? 0
    let highest = max(cut, impostor.highest ?? 0).clamped(to: limits)
    // Equal scores have a bin, too, and one that is wide enough to have two ends in floating point.
    let shortest = 1e-9 * max(1, abs(lowest), abs(highest))
    let step = Self.niceStep(for: max(highest - lowest, shortest))
    low = (lowest / step).rounded(.down) * step
    let end = max((highest / step).rounded(.up) * step, low + step)
    // Bins that hold two whole numbers here and three there would make teeth.
    let isWhole = genuine.isWhole && impostor.isWhole
    let narrowest = (end - low) / Double(limit)
    width = isWhole ? narrowest.rounded(.up) : narrowest
    count = min(limit, max(1, Int(((end - low) / width).rounded(.up))))
    high = low + Double(count) * width
    isCut = (genuine.highest ?? 0) > high
  }

  var axisName: String { isCut ? "Score (the last bin holds all higher ones)" : "Score" }

  func share(ofScore score: Double) -> Double { (score - low) / (high - low) }

  func shares(of scores: ScoreFrequencies) -> [Double] {
    var counts = Array(repeating: 0, count: count)
    for (score, frequency) in scores.groups {
      let bin = ((score - low) / width).rounded(.down)
      counts[Int(min(max(bin, 0), Double(count - 1)))] += frequency
    }
    return counts.map { Double($0) / Double(max(1, scores.total)) }
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

/// How often scores of one kind occur.
struct ScoreFrequencies {
  /// The scores that occur, rising, and how often.
  let groups: [(score: Double, count: Int)]
  let total: Int

  /// - Parameter groups: scores that rise, also such that do not occur.
  init(_ groups: [(score: Double, count: Int)]) {
    self.groups = groups.filter { $0.count > 0 }
    total = self.groups.reduce(0) { $0 + $1.count }
  }

  var lowest: Double? { groups.first?.score }
  var highest: Double? { groups.last?.score }
  var isWhole: Bool { groups.allSatisfy { $0.score == $0.score.rounded() } }

  /// The score with so many others before it when all are sorted.
  func score(ofPlace place: Int) -> Double? {
    var before = 0
    return groups.first {
      before += $0.count
      return before > place
    }?.score
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
