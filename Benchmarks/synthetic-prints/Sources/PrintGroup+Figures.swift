import BiomatchCore
import BiomatchEvaluation
import BiomatchFingerprint

extension PrintGroup {
  /// Everything that the table shows of a group.
  func figures(by matcher: FingerprintMatcher) throws -> [Figure] {
    let directions = DirectionAgreement(templates)
    var figures = countFigures() + directions.figures
    let probes = templates.map { matcher.prepare($0) }
    var scores = ScoreSet(name: "")
    var genuine: [Double] = []
    var impostor: [Double] = []
    var matches = MatchFigures()
    for pair in pairs {
      let score = Double(try matcher.score(probes[pair.a], probes[pair.b].descriptors).value)
      scores.add(score, isGenuine: pair.isGenuine)
      if pair.isGenuine { genuine.append(score) } else { impostor.append(score) }
      // Far above any false match, the minutiae that are paired are the same.
      guard pair.isGenuine, score >= 100 else { continue }
      let match = try matcher.compare(probes[pair.a], probes[pair.b].descriptors)
      matches.add(match, templates[pair.a], templates[pair.b])
    }
    for isGenuine in failures { scores.add(nil, isGenuine: isGenuine) }
    figures += matches.figures
    let rates = EvaluationResult(of: [scores]).pooled.rates
    for metric in [ErrorMetric.eer, .fmr100, .fmr1000, .fmr10000] {
      figures.append(Figure("\(metric.rawValue), %", rates[metric].map { $0 * 100 }))
    }
    genuine += failures.filter { $0 }.map { _ in 0 }
    for share in [5, 10, 25, 50, 75, 90] {
      figures.append(Figure("mated score, \(share) %", genuine.quantile(Double(share) / 100)))
    }
    figures.append(Figure("non-mated score, mean", impostor.mean))
    let count = Double(impostor.count + failures.filter { !$0 }.count)
    for threshold in [20.0, 30, 40, 45, 50, 55, 60, 65, 70, 75] {
      let matches = Double(impostor.filter { $0 >= threshold }.count)
      figures.append(Figure("FMR x 10,000 at \(Int(threshold))", 10_000 * matches / count))
    }
    return figures
  }

  private func countFigures() -> [Figure] {
    let counts = templates.map { Double($0.minutiae.count) }
    var byFinger: [Int: [Double]] = [:]
    for (finger, count) in zip(fingers, counts) { byFinger[finger, default: []].append(count) }
    var figures = [
      Figure("minutiae, mean", counts.mean),
      Figure("minutiae, deviation", counts.deviation),
      Figure("- between fingers", byFinger.values.map(\.mean).deviation),
      Figure(
        "- between impressions of a finger",
        byFinger.values.map { $0.deviation * $0.deviation }.mean.squareRoot()
      ),
    ]
    for share in [5, 25, 50, 75, 95] {
      figures.append(Figure("minutiae, \(share) %", counts.quantile(Double(share) / 100)))
    }
    let prints = templates.filter { !$0.minutiae.isEmpty }
    for radius in [13, 20, 45, 70] {
      let means = prints.map { neighbours(in: $0, radius: radius) }
      figures.append(Figure("neighbours within \(radius) px", means.mean))
    }
    let qualities = prints.flatMap { $0.minutiae.compactMap { $0.quality.map(Double.init) } }
    return figures + [
      Figure("width that minutiae cover, px", prints.map { extent($0.minutiae.map(\.x)) }.mean),
      Figure("height that they cover, px", prints.map { extent($0.minutiae.map(\.y)) }.mean),
      Figure("quality, mean", qualities.mean),
      Figure("quality, deviation", qualities.deviation),
    ]
  }

  /// Other minutiae within a radius of a minutia, mean over the minutiae.
  private func neighbours(in template: FingerprintTemplate, radius: Int) -> Double {
    var pairs = 0
    for a in template.minutiae {
      for b in template.minutiae where a.index != b.index {
        let (dx, dy) = (Int(a.x) - Int(b.x), Int(a.y) - Int(b.y))
        if dx * dx + dy * dy < radius * radius { pairs += 1 }
      }
    }
    return Double(pairs) / Double(template.minutiae.count)
  }

  private func extent(_ values: [Int16]) -> Double {
    Double((values.max() ?? 0) - (values.min() ?? 0))
  }
}
