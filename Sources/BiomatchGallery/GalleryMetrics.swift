import Metrics

/// What a gallery counts, for whatever system the process has set up with swift-metrics.
struct GalleryMetrics: Sendable {
  private let enrolled = Counter(label: "biomatch_gallery_enrolled")
  private let updated = Counter(label: "biomatch_gallery_updated")
  private let refused = Counter(label: "biomatch_gallery_refused")
  private let erased = Counter(label: "biomatch_gallery_erased")
  private let commitTime = Timer(label: "biomatch_gallery_commit")
  private let groupSize = Recorder(label: "biomatch_gallery_commit_changes")

  func committed(
    _ changes: [PreparedChange],
    _ results: [Result<Int64, any Error>],
    in duration: Duration
  ) {
    for (change, result) in zip(changes, results) {
      switch (change, result) {
      case (_, .failure): refused.increment()
      case (.enrol, .success): enrolled.increment()
      case (.update, .success): updated.increment()
      }
    }
    let parts = duration.components
    commitTime.recordNanoseconds(parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000)
    groupSize.record(changes.count)
  }

  func erase() { erased.increment() }
}
