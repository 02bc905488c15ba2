import BiomatchFingerprint
import Foundation

/// What mated comparisons show of how impressions of one finger differ.
struct MatchFigures {
  private var shares: [Double] = []
  private var turns: [Double] = []
  private var distances: [Double] = []
  private var angles: [Double] = []
  private var matchedQualities: [Double] = []
  private var otherQualities: [Double] = []

  mutating func add(
    _ match: FingerprintComparison,
    _ probe: FingerprintTemplate,
    _ reference: FingerprintTemplate
  ) {
    guard let transform = match.transform else { return }
    let counts = Double(probe.minutiae.count * reference.minutiae.count)
    shares.append(Double(match.pairs.count) / counts.squareRoot())
    turns.append(Double(transform.angle))
    var isMatched = [Bool](repeating: false, count: probe.minutiae.count)
    for pair in match.pairs {
      distances.append(Double(pair.distance))
      angles.append(Double(pair.angle))
      isMatched[pair.probe] = true
    }
    for (minutia, isMatched) in zip(probe.minutiae, isMatched) {
      guard let quality = minutia.quality else { continue }
      if isMatched {
        matchedQualities.append(Double(quality))
      } else {
        otherQualities.append(Double(quality))
      }
    }
  }

  var figures: [Figure] {
    [
      Figure("matched share of minutiae, mean", shares.mean),
      Figure("matched share of minutiae, deviation", shares.deviation),
      Figure("turn between impressions, deviation, rad", turns.deviation),
      Figure("distance of matched minutiae, median, px", distances.quantile(0.5)),
      Figure("distance of matched minutiae, 90 %, px", distances.quantile(0.9)),
      Figure("angle of matched minutiae, median, rad", angles.quantile(0.5)),
      Figure("angle of matched minutiae, 90 %, rad", angles.quantile(0.9)),
      Figure("quality of matched minutiae, mean", matchedQualities.mean),
      Figure("quality of other minutiae, mean", otherQualities.mean),
    ]
  }
}

/// How alike the directions of minutiae are at some distances from each other.
struct DirectionAgreement {
  private static let bands = [(13, 20), (20, 30), (30, 45), (45, 70), (70, 100)]

  let figures: [Figure]

  init(_ templates: [FingerprintTemplate]) {
    let cosines = (0..<256).map { cos(Double($0) * .pi / 128) }
    var doubled = Self.bands.map { _ in 0.0 }
    var sameSense = Self.bands.map { _ in 0 }
    var counts = Self.bands.map { _ in 0 }
    for template in templates {
      for a in template.minutiae {
        for b in template.minutiae where a.index < b.index {
          let (dx, dy) = (Int(a.x) - Int(b.x), Int(a.y) - Int(b.y))
          let square = dx * dx + dy * dy
          let band = Self.bands.firstIndex { square >= $0.0 * $0.0 && square < $0.1 * $0.1 }
          guard let band else { continue }
          let cosine = cosines[Int(a.angle &- b.angle)]
          doubled[band] += 2 * cosine * cosine - 1
          sameSense[band] += cosine > 0 ? 1 : 0
          counts[band] += 1
        }
      }
    }
    figures = Self.bands.indices.flatMap { band in
      let name = "\(Self.bands[band].0)-\(Self.bands[band].1) px apart"
      let count = Double(counts[band])
      return [
        Figure("agreement of ridges \(name)", doubled[band] / count),
        Figure("share of the same sense \(name)", Double(sameSense[band]) / count),
      ]
    }
  }
}
