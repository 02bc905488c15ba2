import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

@testable import BiomatchGallery

/// Searches without any index: everything is read and compared.
struct NaiveSearch {
  private(set) var samples: [StoredSample] = []

  init(_ gallery: Gallery) async throws {
    for kind in SampleKind.allCases {
      try await gallery.samples(kind) { samples += $0 }
    }
  }

  /// The best sample of each subject, best first.
  func find(
    _ probe: GalleryProbe,
    positions: FingerPositionRule = .same,
    mode: SearchMode = .screened,
    among subjects: Set<SubjectID>? = nil
  ) throws -> [GalleryCandidate] {
    var found: [GalleryCandidate] = []
    for stored in samples where subjects?.contains(stored.subject) ?? true {
      switch (probe.content, stored.sample) {
      case (.fingers(let fingers), .finger(let sample)):
        found += try fingers.compactMap { finger in
          try compare(finger, sample, stored.subject, positions, mode)
        }
      case (.face(let vector, let model), .face(let sample)) where sample.model == model:
        found.append(try compare(vector, sample, stored.subject))
      default: continue
      }
    }
    return GalleryCandidate.subjects(found, limit: .max)
  }

  private func compare(
    _ finger: GalleryProbe.Finger,
    _ sample: FingerSample,
    _ subject: SubjectID,
    _ positions: FingerPositionRule,
    _ mode: SearchMode
  ) throws -> GalleryCandidate? {
    let matcher = FingerprintMatcher()
    let position = sample.position ?? .unknown
    let isMeant =
      switch positions {
      case .same:
        finger.position == .unknown || position == .unknown || position == finger.position
      case .all: true
      case .only(let filter): filter.contains(position)
      }
    guard isMeant else { return nil }
    let score = try matcher.score(
      matcher.prepare(finger.template),
      matcher.describe(try sample.storedTemplate(of: subject)),
      mode: mode
    )
    guard score.value > 0 else { return nil }
    return GalleryCandidate(
      subject: subject,
      reference: sample.reference,
      kind: .finger,
      position: position,
      score: score,
      rank: 1
    )
  }

  private func compare(
    _ vector: [Float],
    _ sample: FaceSample,
    _ subject: SubjectID
  ) throws -> GalleryCandidate {
    func unit(_ values: [Float]) throws -> UnitFaceVectors {
      UnitFaceVectors(try FaceVectors(dimension: values.count, values: values))
    }
    return GalleryCandidate(
      subject: subject,
      reference: sample.reference,
      kind: .face,
      position: nil,
      score: FaceMatcher().score(try unit(vector), 0, try unit(sample.vector), 0),
      rank: 1
    )
  }
}
