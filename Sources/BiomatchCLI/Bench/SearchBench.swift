import Biomatch
import BiomatchCore
import BiomatchFingerprint
import Foundation

/// One set of prints, searched in every setting.
struct SearchBench {
  private let prints: BenchPrints
  private let settings: [BenchSetting]
  private let limit: Duration
  /// One index for each level: an index is compared with the kernels that it was made with.
  private let indexes: [SIMDLevel: FingerprintIndex]
  /// Records of few of the prints, to measure how long it takes to put them into an index.
  private let sample: BenchRecords
  private let probes: [SIMDLevel: [FingerprintSearchProbe]]

  private static let sampleCount = 2000
  /// Bits of a signature as the kernels compare it, ten words of 32.
  private static let signatureBits = 320.0

  init(prints: BenchPrints, settings: [BenchSetting], seconds: Double) throws {
    self.prints = prints
    self.settings = settings
    limit = .seconds(seconds)
    let entries = try prints.entries
    sample = try BenchRecords(entries.prefix(Self.sampleCount))
    var indexes: [SIMDLevel: FingerprintIndex] = [:]
    var probes: [SIMDLevel: [FingerprintSearchProbe]] = [:]
    let levels = Set(settings.map(\.simd)).sorted { $0.rawValue < $1.rawValue }
    let progress = ProgressBar("building indexes", total: levels.count)
    defer { progress.finish() }
    for level in levels {
      let index = FingerprintIndex(matcher: FingerprintMatcher(simd: level))
      try index.append(entries)
      indexes[level] = index
      probes[level] = prints.probes.map { FingerprintSearchProbe(index.matcher.prepare($0)) }
      progress.advance(by: 1)
    }
    self.indexes = indexes
    self.probes = probes
  }

  private var parameters: String {
    "\(prints.name); \(prints.references.count) prints, \(prints.probes.count) probes"
  }

  /// Measures everything once.
  func measure(round: Int, of rounds: Int, into results: inout BenchResults) throws {
    let progress = ProgressBar("round \(round) of \(rounds), \(prints.name)", total: settings.count)
    defer { progress.finish() }
    for setting in settings {
      let bits = MachineLimits.commonBits(simd: setting.simd, threads: setting.threads)
      let bytes = MachineLimits.readBytes(simd: setting.simd, threads: setting.threads)
      results.add("limit.bits", bits / 1e9, "Gbit/s", setting)
      results.add("limit.memory", bytes / 1e9, "GB/s", setting)
      try build(setting, &results)
      for mode in SearchMode.allCases.reversed() {
        try search(setting, mode, bits: bits, bytes: bytes, &results)
      }
      progress.advance(by: 1)
    }
  }

  private func build(_ setting: BenchSetting, _ results: inout BenchResults) throws {
    let index = FingerprintIndex(matcher: FingerprintMatcher(simd: setting.simd))
    let time = try ContinuousClock().measure { try sample.add(to: index, threads: setting.threads) }
    let each = time / .microseconds(1) / Double(sample.count)
    results.add("build", each, "µs/print", setting, parameters: parameters)
  }

  /// Saves the prints and measures how long it takes to open them; they are searched in memory before,
  /// and in the saved files from then on.
  func measureOpening(rounds: Int, into results: inout BenchResults) throws {
    guard let level = settings.last?.simd, let index = indexes[level] else { return }
    let place = FileManager.default.temporaryDirectory.appending(path: "biomatch-\(UUID())")
    let path = place.path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(at: place) }
    try index.save(to: path)
    for _ in 0..<rounds {
      let time = try ContinuousClock().measure {
        _ = try FingerprintIndex(opening: path, matcher: index.matcher)
      }
      results.add("open", time / .milliseconds(1), "ms", parameters: parameters)
    }
  }

  private func search(
    _ setting: BenchSetting,
    _ mode: SearchMode,
    bits: Double,
    bytes: Double,
    _ results: inout BenchResults
  ) throws {
    guard let index = indexes[setting.simd], let probes = probes[setting.simd] else { return }
    let snapshot = index.snapshot()
    var options = FingerprintSearchOptions(limit: 10)
    options.mode = mode
    options.threads = setting.threads
    let clock = ContinuousClock()
    let start = clock.now
    options.deadline = start + limit
    let found = try snapshot.searchBlocking(probes, options)
    let seconds = (clock.now - start) / .seconds(1)

    let counts = found.dropFirst().reduce(into: found[0].counts) { $0 += $1.counts }
    let rate = Double(counts.pairs) / seconds
    let name = "search.\(mode.rawValue)"
    results.add(name, rate, "prints/s", setting, parameters: parameters)
    results.add(
      "\(name).bits",
      100 * rate * bitsOfPair / bits,
      "%",
      setting,
      parameters: parameters
    )
    let printBytes = try snapshot.info().bytesPerPrint
    results.add(
      "\(name).memory",
      100 * rate * printBytes / Double(probes.count) / bytes,
      "%",
      setting,
      parameters: parameters
    )
    guard mode == .screened, setting == settings.last else { return }
    addShares(of: counts, &results)
    results.add("print.size", printBytes, "bytes/print", parameters: parameters)
  }

  /// How many pairs pass the gates: the same for every setting, up to where the time ran out.
  private func addShares(of counts: ScanCounts, _ results: inout BenchResults) {
    let pairs = Double(max(1, counts.pairs))
    let first = 100 * Double(counts.pastFirstGate) / pairs
    let second = 100 * Double(counts.pastSecondGate) / pairs
    results.add("gate.first", first, "%", parameters: parameters)
    results.add("gate.second", second, "%", parameters: parameters)
  }

  /// How many bits the signatures of a pair of prints have in common to be counted: each of the
  /// probe's minutiae with each of the reference's, which come in blocks of sixteen.
  private var bitsOfPair: Double {
    let probe = prints.probes.reduce(0) { $0 + $1.minutiae.count }
    let lanes = prints.references.reduce(0) { $0 + ($1.minutiae.count + 15) / 16 * 16 }
    return Double(probe) / Double(prints.probes.count)
      * Double(lanes) / Double(prints.references.count) * Self.signatureBits
  }
}
