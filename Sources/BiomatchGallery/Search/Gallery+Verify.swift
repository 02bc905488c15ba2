import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

extension Gallery {
  /// Compares a probe with the samples of one subject.
  ///
  /// Needs no index. Every pair of fingers goes through all stages of the matcher.
  ///
  /// - Parameters:
  ///   - subject: who it is said to be.
  ///   - probe: faces are compared with the subject's vectors of the same model and version.
  ///   - positions: which samples a finger is compared with.
  /// - Throws: ``GalleryError/subjectUnknown(_:)``, ``GalleryError/unreadable(subject:reference:)``;
  ///   `FaceVectorError`; `IndexError` for a face of another dimension than the subject's.
  public func verify(
    _ subject: SubjectID,
    _ probe: GalleryProbe,
    positions: FingerPositionRule = .same
  ) async throws -> Verification {
    let start = ContinuousClock.now
    let (person, generation) = try await read { snapshot in
      (try snapshot.person(subject), try snapshot.state().generation)
    }
    guard let person else { throw GalleryError.subjectUnknown(subject) }
    let matcher = options.search?.matcher ?? FingerprintMatcher()
    let comparisons = try await blocking {
      switch probe.content {
      case .fingers(let fingers): try person.compare(fingers, positions, matcher)
      case .face(let vector, let model): try person.compare(vector, model)
      }
    }
    metrics.verified(in: start.duration(to: .now))
    return Verification(
      subject: subject,
      score: comparisons.map(\.score).max(),
      comparisons: comparisons.sorted { a, b in
        a.score == b.score
          ? (a.reference, a.probe) < (b.reference, b.probe) : a.score > b.score
      },
      generation: generation
    )
  }
}

extension Person {
  fileprivate func compare(
    _ fingers: [GalleryProbe.Finger],
    _ positions: FingerPositionRule,
    _ matcher: FingerprintMatcher
  ) throws -> [Verification.Comparison] {
    var comparisons: [Verification.Comparison] = []
    let prepared = fingers.map { matcher.prepare($0.template) }
    for case .finger(let sample) in samples {
      let template = try sample.storedTemplate(of: subject)
      let description = matcher.describe(template)
      let position = sample.position ?? template.position
      for (place, finger) in fingers.enumerated() {
        guard positions.filter(for: finger.position)?.contains(position) ?? true else { continue }
        comparisons.append(
          Verification.Comparison(
            probe: place,
            reference: sample.reference,
            kind: .finger,
            position: position,
            score: try matcher.score(prepared[place], description)
          )
        )
      }
    }
    return comparisons
  }

  fileprivate func compare(
    _ vector: [Float],
    _ model: FaceModel
  ) throws -> [Verification.Comparison] {
    let probe = UnitFaceVectors(try FaceVectors(dimension: vector.count, values: vector))
    var comparisons: [Verification.Comparison] = []
    for case .face(let sample) in samples where sample.model == model {
      guard sample.vector.count == vector.count else {
        throw IndexError.dimension(expected: sample.vector.count, found: vector.count)
      }
      let stored = try FaceVectors(dimension: vector.count, values: sample.vector)
      comparisons.append(
        Verification.Comparison(
          probe: 0,
          reference: sample.reference,
          kind: .face,
          position: nil,
          score: FaceMatcher().score(probe, 0, UnitFaceVectors(stored), 0)
        )
      )
    }
    return comparisons
  }
}
