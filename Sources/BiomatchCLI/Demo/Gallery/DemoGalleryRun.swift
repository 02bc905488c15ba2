import Biomatch
import BiomatchCore
import BiomatchEvaluation
import BiomatchFingerprint
import BiomatchGallery
import Foundation

/// The demonstration's part on a gallery: enrol people, sealed, search for them, verify one, erase one.
struct DemoGalleryRun {
  let people: DemoPeople
  let place: DemoGallery
  let simd: SIMDLevel
  let threads: Int

  /// So many people are made before they are enrolled.
  private static let slice = 2000

  /// Does everything and measures it.
  func measured() async throws -> DemoGalleryResult {
    var timer = AsyncStepTimer()
    try NewKeyFile.make(place.keyPath)
    let new = try await Gallery.create(
      at: place.path,
      sealing: .sealed(.file(place.keyPath)),
      options: options
    )
    try await enrol(in: new, &timer)
    try await timer.measure(.save) { try await new.close() }
    let gallery = try await timer.measure(.open) {
      try await Gallery.open(at: place.path, key: .file(place.keyPath), options: options)
    }
    let fingers = try await search(
      gallery,
      (people.fingerProbes(mated: true), people.fingerProbes(mated: false)),
      DemoRun.threshold,
      .mated,
      &timer
    )
    let faces = try await search(
      gallery,
      (people.faceProbes(mated: true), people.faceProbes(mated: false)),
      DemoFaceRun.threshold,
      .nonMated,
      &timer
    )
    let verified = try await gallery.verify(
      DemoPeople.subject(0),
      people.fingerProbes(mated: true)[0]
    )
    let receipt = try await gallery.erase(DemoPeople.subject(1))
    try OutputFile.write(receipt.json, to: place.receiptPath)
    try await gallery.check(receipt)
    let state = try await gallery.state()
    try await place.mark(gallery)
    try await gallery.close()
    return DemoGalleryResult(
      people: people,
      place: place,
      state: state,
      fingers: fingers,
      faces: faces,
      verified: verified.score ?? SimilarityScore(0),
      times: timer.times
    )
  }

  private var options: GalleryOptions {
    GalleryOptions(search: GallerySearchSettings(matcher: FingerprintMatcher(simd: simd)))
  }

  private func enrol(in gallery: Gallery, _ timer: inout AsyncStepTimer) async throws {
    let progress = ProgressBar("enrolling", total: people.count)
    defer { progress.finish() }
    for start in stride(from: 0, to: people.count, by: Self.slice) {
      let range = start..<min(start + Self.slice, people.count)
      let made = try await timer.measure(.generate) {
        try people.people(range, threads: threads)
      }
      let report = try await timer.measure(.enrol) {
        try await gallery.enrol(contentsOf: made, maximumRejections: 0)
      }
      progress.advance(by: report.enrolled)
    }
  }

  private func search(
    _ gallery: Gallery,
    _ probes: (mated: [GalleryProbe], nonMated: [GalleryProbe]),
    _ threshold: SimilarityScore,
    _ step: DemoStep,
    _ timer: inout AsyncStepTimer
  ) async throws -> IdentificationRates {
    var options = IdentificationOptions(limit: DemoRun.limit)
    options.threads = threads
    let found = try await timer.measure(step) {
      try await gallery.identify(probes.mated + probes.nonMated, options)
    }
    var rates = IdentificationRates(threshold: threshold)
    for (number, answer) in found.enumerated() {
      let candidates = answer.candidates.map(\.asCandidate)
      if number < probes.mated.count {
        rates.addMated(candidates, mates: Set(try people.mates(ofProbe: number)))
      } else {
        rates.addNonMated(candidates)
      }
    }
    return rates
  }
}

/// Adds up how long each step takes.
struct AsyncStepTimer {
  private(set) var times: [DemoStep: Duration] = [:]

  mutating func measure<R>(
    _ step: DemoStep,
    _ body: () async throws -> R
  ) async rethrows -> R {
    let start = ContinuousClock.now
    defer { times[step, default: .zero] += ContinuousClock.now - start }
    return try await body()
  }
}
