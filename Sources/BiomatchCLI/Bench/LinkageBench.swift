import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Measures comparisons of random codes.
struct LinkageBench {
  /// The share of bits set, in 1/8: three eighths come from three random words, and so on.
  enum Fill: String, CaseIterable {
    case low = "fill 0.375"
    case half = "fill 0.5"
    case high = "fill 0.625"
  }

  static let thresholds = [0.6, 0.8, 0.9]

  private let settings: [BenchSetting]
  private let bits: Int
  private let sides: [(fill: Fill, a: Codes, b: Codes)]

  init(settings: [BenchSetting], bits: Int, count: Int) throws {
    self.settings = settings
    self.bits = bits
    var random = SeededGenerator(seed: 1)
    sides = try Fill.allCases.map { fill in
      (
        fill, try Self.codes(fill, bits, count, "a", &random),
        try Self.codes(fill, bits, count, "b", &random)
      )
    }
  }

  private static func codes(
    _ fill: Fill,
    _ bits: Int,
    _ count: Int,
    _ name: String,
    _ random: inout SeededGenerator
  ) throws -> Codes {
    var codes = try Codes(bits: bits, schema: nil)
    for row in 0..<count {
      let code = (0..<bits / 8).map { _ in
        let words = (0..<3).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        return switch fill {
        case .low: words[0] & (words[1] | words[2])
        case .half: words[0]
        case .high: words[0] | (words[1] & words[2])
        }
      }
      try codes.append(ReferenceID("\(name)\(row)"), code: code)
    }
    return codes
  }

  /// Measures everything once.
  func measure(into results: inout BenchResults) throws {
    for setting in settings {
      let limit =
        MachineLimits.commonBits(simd: setting.simd, threads: setting.threads) / Double(bits)
      results.add("limit.comparisons", limit, "1/s", setting, parameters: "\(bits) bits")
      for side in sides {
        for threshold in Self.thresholds {
          let rate = try rate(side.a, side.b, threshold, setting)
          let parameters =
            "\(bits) bits, \(side.a.count) x \(side.b.count), \(side.fill.rawValue), "
            + "threshold \(threshold)"
          results.add("compare", rate, "1/s", setting, parameters: parameters)
          results.add("compare.share", 100 * rate / limit, "%", setting, parameters: parameters)
        }
      }
    }
  }

  private func rate(
    _ a: Codes,
    _ b: Codes,
    _ threshold: Double,
    _ setting: BenchSetting
  ) throws -> Double {
    var options = CodeComparisonOptions(threshold: try DiceThreshold(threshold))
    options.allowsUnknownSchema = true
    options.simd = setting.simd
    options.threads = setting.threads
    let clock = ContinuousClock()
    let start = clock.now
    let comparison = try CodeComparison(a, b, options)
    comparison.forEachBatch { _ in }
    return Double(comparison.pairCount) / ((clock.now - start) / .seconds(1))
  }
}
