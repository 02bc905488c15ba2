import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Measures comparisons of random codes.
struct LinkageBench {
  /// The shares of bits set.
  static let fills = [0.30, 0.375, 0.42, 0.5, 0.625, 0.68]
  static let thresholds = [0.6, 0.7, 0.8, 0.9]
  /// From which share of all pairs on it tells something how fast candidates are listed.
  private static let manyCandidates = 0.01

  private let settings: [BenchSetting]
  private let bits: Int
  private let lists: Bool
  private let sides: [(fill: Double, a: Codes, b: Codes)]

  /// - Parameter lists: whether candidates are also listed.
  init(settings: [BenchSetting], bits: Int, count: Int, lists: Bool) throws {
    self.settings = settings
    self.bits = bits
    self.lists = lists
    var random = SeededGenerator(seed: 1)
    sides = try Self.fills.map { fill in
      (
        fill, try Self.codes(fill, bits, count, "a", &random),
        try Self.codes(fill, bits, count, "b", &random)
      )
    }
  }

  private static func codes(
    _ fill: Double,
    _ bits: Int,
    _ count: Int,
    _ name: String,
    _ random: inout SeededGenerator
  ) throws -> Codes {
    var codes = try Codes(bits: bits, schema: nil)
    codes.reserveCapacity(count)
    for row in 0..<count {
      let code = (0..<bits / 8).map { _ in randomByte(fill, &random) }
      try codes.append(ReferenceID("\(name)\(row)"), code: code)
    }
    return codes
  }

  /// Eight bits, each set with that probability, in 1/256: AND and OR of random bits by its binary digits.
  private static func randomByte(_ fill: Double, _ random: inout SeededGenerator) -> UInt8 {
    let words = random.next()
    let digits = Int((fill * 256).rounded())
    return (0..<8).reduce(0) { byte, digit in
      let word = UInt8(truncatingIfNeeded: words >> UInt64(8 * digit))
      return digits >> digit & 1 == 1 ? byte | word : byte & word
    }
  }

  /// Measures everything once.
  func measure(into results: inout BenchResults) throws {
    // By what was measured with which kernels.
    var onOneThread: [String: Double] = [:]
    for setting in settings {
      let limit =
        MachineLimits.codeBits(simd: setting.simd, threads: setting.threads) / Double(bits)
      results.add("limit.comparisons", limit, "1/s", setting, parameters: "\(bits) bits")
      for side in sides {
        for threshold in Self.thresholds {
          let parameters =
            "\(bits) bits, \(side.a.count) x \(side.b.count), fill \(side.fill), "
            + "threshold \(threshold)"
          try measure(side.a, side.b, threshold, setting) { name, value, unit in
            results.add(name, value, unit, setting, parameters: parameters)
            guard unit == "1/s", name != "list" else { return }
            results.add("\(name).share", 100 * value / limit, "%", setting, parameters: parameters)
            let key = "\(name) \(setting.simd) \(parameters)"
            if setting.threads == 1 { onOneThread[key] = value }
            guard setting.threads > 1, let one = onOneThread[key] else { return }
            results.add("\(name).speedup", value / one, "times", setting, parameters: parameters)
          }
        }
      }
    }
  }

  private func measure(
    _ a: Codes,
    _ b: Codes,
    _ threshold: Double,
    _ setting: BenchSetting,
    _ add: (String, Double, String) -> Void
  ) throws {
    var options = CodeComparisonOptions(threshold: try DiceThreshold(threshold))
    options.allowsUnknownSchema = true
    options.simd = setting.simd
    options.threads = setting.threads
    let clock = ContinuousClock()
    var start = clock.now
    let counted = try CodeComparison(a, b, options).candidateCount()
    let pairs = Double(a.count) * Double(b.count)
    add("count", pairs / ((clock.now - start) / .seconds(1)), "1/s")
    add("candidates", 100 * Double(counted) / pairs, "%")
    guard lists else { return }
    start = clock.now
    var listed = 0
    try CodeComparison(a, b, options).forEachBatchBlocking { listed += $0.count }
    let time = (clock.now - start) / .seconds(1)
    precondition(listed == counted, "candidates are counted as they are listed")
    add("compare", pairs / time, "1/s")
    if Double(listed) >= Self.manyCandidates * pairs { add("list", Double(listed) / time, "1/s") }
  }
}
