import Metrics

/// What a gallery counts, for whatever system the process has set up with swift-metrics.
struct GalleryMetrics: Sendable {
  private let enrolled = Counter(label: "biomatch_gallery_enrolled")
  private let updated = Counter(label: "biomatch_gallery_updated")
  private let refused = Counter(label: "biomatch_gallery_refused")
  private let erased = Counter(label: "biomatch_gallery_erased")
  private let commitTime = Timer(label: "biomatch_gallery_commit")
  private let groupSize = Recorder(label: "biomatch_gallery_commit_changes")
  private let indexTime = Timer(label: "biomatch_gallery_index")
  private let openingTime = Timer(label: "biomatch_gallery_index_opening")
  private let openingSamples = Counter(label: "biomatch_gallery_index_samples_read")
  private let searchTime = Timer(label: "biomatch_gallery_identify")
  private let probes = Counter(label: "biomatch_gallery_probes")
  private let verificationTime = Timer(label: "biomatch_gallery_verify")
  private let erasureTime = Timer(label: "biomatch_gallery_erasure")

  /// A change of the records.
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
    commitTime.record(duration: duration)
    groupSize.record(changes.count)
  }

  /// The indexes followed a change.
  func indexed(in duration: Duration) { indexTime.record(duration: duration) }

  /// The indexes were loaded, for which so many samples were read.
  func opened(reading samples: Int, in duration: Duration) {
    openingTime.record(duration: duration)
    openingSamples.increment(by: samples)
  }

  /// So many probes were answered in one call.
  func identified(_ count: Int, in duration: Duration) {
    searchTime.record(duration: duration)
    probes.increment(by: count)
  }

  /// A probe was compared with a subject.
  func verified(in duration: Duration) { verificationTime.record(duration: duration) }

  /// The files were cleared of so many subjects at once.
  func erased(_ count: Int, in duration: Duration) {
    erasureTime.record(duration: duration)
    erased.increment(by: count)
  }
}
