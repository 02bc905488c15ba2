import Biomatch
import BiomatchCore
import BiomatchFace
import Foundation

/// One set of vectors, searched in every setting.
struct FaceBench {
  private let set: BenchFaceSet
  private let settings: [BenchSetting]
  private let batches: [Int]
  private let threshold: SimilarityScore
  private let duration: Duration
  private let index: FaceIndex
  private let sample: FaceVectors
  /// What the saved index is sealed by; `nil` for nothing.
  private let key: IndexKey?

  /// How many vectors are put into an index to measure how long it takes: some 100 MB.
  private static let sampleCount = 50_000

  init(
    _ set: BenchFaceSet,
    settings: [BenchSetting],
    batches: [Int],
    threshold: SimilarityScore,
    seconds: Double,
    sealed isSealed: Bool
  ) throws {
    self.set = set
    self.settings = settings
    self.batches = batches
    self.threshold = threshold
    duration = .seconds(seconds)
    key = isSealed ? try IndexKey(.random(count: IndexKey.secretSize)) : nil
    index = try Self.index(of: set)
    var values: [Float] = []
    try set.forEachBatch { batch in
      let missing = max(0, Self.sampleCount - values.count / set.dimension)
      values += batch.values.prefix(missing * set.dimension)
    }
    sample = try FaceVectors(dimension: set.dimension, values: values)
  }

  private static func index(of set: BenchFaceSet) throws -> FaceIndex {
    let index = try FaceIndex(model: try FaceModel(name: "bench"), dimension: set.dimension)
    let progress = ProgressBar("building an index, \(set.name)", total: set.count)
    defer { progress.finish() }
    var row = 0
    try set.forEachBatch { batch in
      try add(batch, from: row, to: index, threads: ParallelScan.processorCount)
      row += batch.count
      progress.advance(by: batch.count)
    }
    return index
  }

  private static func add(
    _ vectors: FaceVectors,
    from row: Int,
    to index: FaceIndex,
    threads: Int
  ) throws {
    let rows = row..<row + vectors.count
    try index.append(
      references: try rows.map { try ReferenceID("row\($0)") },
      subjects: try rows.map { try SubjectID("row\($0)") },
      vectors: vectors,
      threads: threads
    )
  }

  private var parameters: String { "\(set.name); \(index.count) vectors" }

  /// Measures everything once.
  func measure(round: Int, of rounds: Int, into results: inout BenchResults) throws {
    let progress = ProgressBar("round \(round) of \(rounds), \(set.name)", total: settings.count)
    defer { progress.finish() }
    for setting in settings {
      let products = MachineLimits.codeProducts(simd: setting.simd, threads: setting.threads)
      let bytes = MachineLimits.readBytes(simd: setting.simd, threads: setting.threads)
      results.add("limit.products", products / 1e9, "Gprod/s", setting)
      results.add("limit.memory", bytes / 1e9, "GB/s", setting)
      let values = Double(set.count * set.dimension)
      for batch in batches where batch <= set.probes.count {
        for (kind, threshold) in [("top10", nil), ("threshold", threshold)] {
          // What a code of one byte a value allows, read once for the batch.
          let floor = min(products / values, bytes / values * Double(batch))
          let name = "search.\(kind).\(batch)"
          try search(index, setting, batch, name, threshold, floor: floor, &results)
        }
      }
      try build(setting, &results)
      progress.advance(by: 1)
    }
  }

  private func search(
    _ index: FaceIndex,
    _ setting: BenchSetting,
    _ batch: Int,
    _ name: String,
    _ threshold: SimilarityScore?,
    floor: Double?,
    _ results: inout BenchResults
  ) throws {
    var options = FaceSearchOptions(limit: 10, threshold: threshold)
    options.threads = setting.threads
    let snapshot = index.snapshot().with(simd: setting.simd)
    let probes = try snapshot.prepare(set.probes)
    let clock = ContinuousClock()
    let start = clock.now
    var (done, scored, refined) = (0, 0, 0)
    while clock.now - start < duration || done < batch {
      let first = done % probes.count / batch * batch
      let part = Array(probes[first..<min(first + batch, probes.count)])
      for result in try snapshot.searchBlocking(part, options) {
        scored += result.counts.scored
        refined += result.counts.refined
      }
      done += part.count
    }
    let rate = Double(done) / ((clock.now - start) / .seconds(1))
    results.add(name, rate, "probes/s", setting, parameters: parameters)
    if let floor {
      results.add("\(name).floor", rate / floor, "of int8 floor", setting, parameters: parameters)
    }
    let each = { (count: Int) in Double(count) / Double(done) }
    results.add("\(name).refined", each(refined), "rows/probe", setting, parameters: parameters)
    results.add("\(name).scored", each(scored), "rows/probe", setting, parameters: parameters)
  }

  /// Searches the saved index, whose codes may take less than those in memory.
  private func searchSaved(
    _ path: String,
    rounds: Int,
    into results: inout BenchResults
  ) throws {
    let saved = try FaceIndex(opening: path, sealedBy: key)
    let codes = saved.snapshot().info.codeBytesPerValue
    results.add("saved.codes.size", codes, "bytes/value", parameters: parameters)
    for _ in 0..<rounds {
      for setting in settings {
        for batch in batches where batch <= set.probes.count {
          let name = "saved.top10.\(batch)"
          try search(saved, setting, batch, name, nil, floor: nil, &results)
        }
      }
    }
  }

  private func build(_ setting: BenchSetting, _ results: inout BenchResults) throws {
    let index = try FaceIndex(
      model: index.model,
      dimension: set.dimension,
      simd: setting.simd
    )
    let time = try ContinuousClock().measure {
      try Self.add(sample, from: 0, to: index, threads: setting.threads)
    }
    let rate = Double(sample.count) / (time / .seconds(1))
    results.add("build", rate, "vectors/s", setting, parameters: parameters)
  }

  /// Saves the vectors and measures how long it takes to open them.
  func measureOpening(rounds: Int, into results: inout BenchResults) throws {
    let info = index.snapshot().info
    results.add("codes.size", info.codeBytesPerValue, "bytes/value", parameters: parameters)
    let place = FileManager.default.temporaryDirectory.appending(path: "biomatch-\(UUID())")
    let path = place.path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(at: place) }
    try index.save(to: path, sealedBy: key)
    let probe = Array(try index.prepare(set.probes).prefix(1))
    for _ in 0..<rounds {
      let clock = ContinuousClock()
      let before = AnonymousUse.byteCount
      let start = clock.now
      let saved = try FaceIndex(opening: path, sealedBy: key)
      let opened = clock.now
      _ = try saved.snapshot().searchBlocking(probe, FaceSearchOptions(limit: 10))
      let first = clock.now - opened
      results.add("open", (opened - start) / .milliseconds(1), "ms", parameters: parameters)
      results.add("open.search", first / .milliseconds(1), "ms", parameters: parameters)
      if let before, let after = AnonymousUse.byteCount {
        results.add("open.memory", Double(after - before) / 1e6, "MB", parameters: parameters)
      }
      withExtendedLifetime(saved) {}
    }
    try searchSaved(path, rounds: rounds, into: &results)
  }
}
