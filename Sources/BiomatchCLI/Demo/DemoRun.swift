import Biomatch
import BiomatchCore
import BiomatchEvaluation
import BiomatchFingerprint

/// The demonstration's main part: enrol a population, save the index, open it again, search it.
struct DemoRun {
  let population: DemoPopulation
  let index: DemoIndex
  let simd: SIMDLevel
  let threads: Int

  /// How long the lists of candidates are.
  static let limit = 10
  /// The score from which on a candidate counts. That of `verify` is for one comparison: of 100,000
  /// strangers, ten or so reach it.
  static let threshold = SimilarityScore(100)

  /// So many prints are made before they are described: some 20 MB.
  private static let slice = 8192

  /// Does everything and measures it.
  func measured() throws -> DemoResult {
    var timer = StepTimer()
    let matcher = FingerprintMatcher(simd: simd)
    try save(FingerprintIndex(matcher: matcher), &timer)
    let opened = try timer.measure(.open) {
      try FingerprintIndex(opening: index.path, matcher: matcher)
    }
    let probes = try timer.measure(.generate) {
      (
        mated: try population.mated(threads: threads),
        nonMated: try population.nonMated(threads: threads)
      )
    }
    let search = BatchSearch(snapshot: opened.snapshot(), options: options, positions: nil)
    let mated = try timer.measure(.mated) { try search.search(probes.mated) }
    let nonMated = try timer.measure(.nonMated) { try search.search(probes.nonMated) }
    var rates = IdentificationRates(threshold: Self.threshold)
    for (number, answer) in mated.enumerated() {
      rates.addMated(answer.result.candidates, mates: [try population.mate(ofProbe: number)])
    }
    for answer in nonMated { rates.addNonMated(answer.result.candidates) }
    return DemoResult(
      population: population,
      index: index.path,
      info: try opened.snapshot().info(),
      rates: rates,
      simd: simd,
      threads: threads,
      times: timer.times
    )
  }

  private var options: FingerprintSearchOptions {
    var options = FingerprintSearchOptions(limit: Self.limit)
    options.threads = threads
    return options
  }

  private func save(_ new: FingerprintIndex, _ timer: inout StepTimer) throws {
    let progress = ProgressBar("enrolling", total: population.prints)
    defer { progress.finish() }
    for start in stride(from: 0, to: population.prints, by: Self.slice) {
      let range = start..<min(start + Self.slice, population.prints)
      let entries = try timer.measure(.generate) {
        try population.entries(range, threads: threads)
      }
      try timer.measure(.enrol) { try new.append(entries, threads: threads) }
      progress.advance(by: range.count)
    }
    try timer.measure(.save) { try new.save(to: index.path) }
    try index.mark()
  }
}

/// What the demonstration's time is spent on.
enum DemoStep {
  case generate, enrol, save, open, mated, nonMated
}

/// Adds up how long each step takes.
struct StepTimer {
  private(set) var times: [DemoStep: Duration] = [:]

  mutating func measure<R>(_ step: DemoStep, _ body: () throws -> R) rethrows -> R {
    let start = ContinuousClock.now
    defer { times[step, default: .zero] += ContinuousClock.now - start }
    return try body()
  }
}
