import Biomatch
import BiomatchCore
import BiomatchEvaluation
import BiomatchFace

/// The demonstration's part on faces: enrol a population, save the index, open it again, search it.
struct DemoFaceRun {
  let population: DemoFacePopulation
  let index: DemoIndex
  let simd: SIMDLevel
  let threads: Int

  /// The score from which on a candidate counts: of 100,000 strangers, few reach it.
  static let threshold = SimilarityScore(0.5)

  /// So many vectors are made before they are added: some 30 MB.
  private static let slice = 16_384

  /// Does everything and measures it.
  func measured() throws -> DemoFaceResult {
    var timer = StepTimer()
    let model = try FaceModel(name: "synthetic-full-rank")
    let new = try FaceIndex(
      model: model,
      dimension: population.faces.parameters.dimension,
      simd: simd
    )
    try save(new, &timer)
    let opened = try timer.measure(.open) {
      try FaceIndex(opening: index.path, model: model, simd: simd)
    }
    let probes = try timer.measure(.generate) {
      (mated: try population.mated(), nonMated: population.nonMated())
    }
    let snapshot = opened.snapshot()
    let mated = try timer.measure(.mated) { try search(snapshot, probes.mated) }
    let nonMated = try timer.measure(.nonMated) { try search(snapshot, probes.nonMated) }
    var rates = IdentificationRates(threshold: Self.threshold)
    for (number, result) in mated.enumerated() {
      rates.addMated(result.candidates, mates: [try population.mate(ofProbe: number)])
    }
    for result in nonMated { rates.addNonMated(result.candidates) }
    return DemoFaceResult(
      population: population,
      index: index.path,
      info: snapshot.info,
      rates: rates,
      times: timer.times
    )
  }

  private func search(_ snapshot: FaceSnapshot, _ probes: FaceVectors) throws -> [FaceSearchResult]
  {
    var options = FaceSearchOptions(limit: DemoRun.limit)
    options.threads = threads
    return try snapshot.searchBlocking(try snapshot.prepare(probes), options)
  }

  private func save(_ new: FaceIndex, _ timer: inout StepTimer) throws {
    let progress = ProgressBar("enrolling", total: population.count)
    defer { progress.finish() }
    for start in stride(from: 0, to: population.count, by: Self.slice) {
      let range = start..<min(start + Self.slice, population.count)
      let vectors = timer.measure(.generate) { population.faces.vectors(identities: range) }
      let names = try population.names(range)
      try timer.measure(.enrol) {
        try new.append(
          references: names.references,
          subjects: names.subjects,
          vectors: vectors,
          threads: threads
        )
      }
      progress.advance(by: range.count)
    }
    try timer.measure(.save) { try new.save(to: index.path) }
    try index.mark()
  }
}
