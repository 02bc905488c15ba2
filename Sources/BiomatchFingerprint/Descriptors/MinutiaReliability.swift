/// How much each minutia of a print counts, relative to the print's mean.
///
/// Quality as the extractor reports it, reduced for two artefacts that geometry betrays even where
/// no quality is reported: ridges that seem to end where the sensor's area ends, and clusters of
/// minutiae nearer to each other than ridges allow.
enum MinutiaReliability {
  /// Weights in units of 1/64, 0 ... 255.
  static func weights(
    _ points: DescribedPoints,
    outline: Outline,
    parameters: MatcherParameters
  ) -> [UInt8] {
    let count = points.count
    guard count > 0 else { return [] }
    let reported = points.quality.filter { $0 > 0 }
    let typical = reported.isEmpty ? 1 : reported.reduce(0, +) / Float(reported.count)
    var raw: [Float] = []
    raw.reserveCapacity(count)
    for i in 0..<count {
      var weight = points.quality[i] > 0 ? points.quality[i] : typical
      if isBorderEnding(i, points, outline: outline, parameters: parameters) {
        weight *= parameters.borderWeight
      }
      for _ in 0..<crowd(i, points, radius: parameters.crowdingRadius) {
        weight *= parameters.crowdingWeight
      }
      raw.append(weight)
    }
    let mean = raw.reduce(0, +) / Float(count)
    return raw.map { value in
      let weight = mean > 0 ? min(parameters.weightLimit, value / mean) : 1
      return UInt8(min(255, (weight * 64).rounded(.toNearestOrAwayFromZero)))
    }
  }

  private static func isBorderEnding(
    _ i: Int,
    _ points: DescribedPoints,
    outline: Outline,
    parameters: MatcherParameters
  ) -> Bool {
    for (k, normal) in Outline.normals.enumerated() {
      let depth = outline.reach[k] - (points.x[i] * normal.x + points.y[i] * normal.y)
      let inward = -(points.cosine[i] * normal.x + points.sine[i] * normal.y)
      if depth < parameters.borderWidth && inward > parameters.borderDirection { return true }
    }
    return false
  }

  /// Other minutiae within `radius`; nine are as bad as more.
  private static func crowd(_ i: Int, _ points: DescribedPoints, radius: Float) -> Int {
    var neighbours = -1
    for j in 0..<points.count {
      let dx = points.x[j] - points.x[i]
      let dy = points.y[j] - points.y[i]
      if dx * dx + dy * dy < radius * radius { neighbours += 1 }
    }
    return min(9, neighbours)
  }
}

/// The minutiae of a template as arrays, y upward; quality 0 where none is reported.
struct DescribedPoints {
  let count: Int
  /// The minutiae by ascending angle, equal ones as they came.
  let orderByDirection: [Int]
  let x: [Float]
  let y: [Float]
  let cosine: [Float]
  let sine: [Float]
  let quality: [Float]

  init(_ template: FingerprintTemplate, tables: CylinderTables) {
    let minutiae = template.minutiae
    count = minutiae.count
    orderByDirection = minutiae.indices.sorted {
      (minutiae[$0].angle, $0) < (minutiae[$1].angle, $1)
    }
    x = minutiae.map { Float($0.x) }
    y = minutiae.map { -Float($0.y) }
    cosine = minutiae.map { tables.cosine[Int($0.angle)] }
    sine = minutiae.map { tables.sine[Int($0.angle)] }
    quality = minutiae.map { Float($0.quality ?? 0) }
  }
}
