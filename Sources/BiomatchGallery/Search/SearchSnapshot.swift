import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

/// The samples of a gallery at one generation, to be searched as often as is wanted.
///
/// It keeps the samples of that generation, also those that were removed since: do not hold it longer than
/// a group of searches takes. Lists and categories are those of the time of the search.
public struct SearchSnapshot: Sendable {
  let moment: IndexMoment
  let store: Store

  /// The generation.
  public var generation: Int64 { moment.generation }
  /// How many fingers can be found.
  public var fingers: Int { moment.fingers.count }
  /// How many faces of each model can be found.
  public var faces: [FaceModel: Int] { moment.faces.mapValues(\.count) }

  /// Seeks people; see ``Gallery/identify(_:_:)-([GalleryProbe],_)``.
  ///
  /// - Throws: what that does; an `IndexError` where an index is damaged, which ``Gallery`` would make anew.
  public func identify(
    _ probes: [GalleryProbe],
    _ options: IdentificationOptions = IdentificationOptions()
  ) async throws -> [Identification] {
    do { return try await search(probes, options) } catch let damage as DamagedIndex {
      throw damage.error
    }
  }

  /// Searches, one pass for all fingers and one for all faces of each model.
  ///
  /// - Throws: ``DamagedIndex``, and what ``identify(_:_:)`` does.
  func search(
    _ probes: [GalleryProbe],
    _ options: IdentificationOptions
  ) async throws -> [Identification] {
    guard (1...Candidate.longestList).contains(options.limit) else {
      throw IndexError.limit(options.limit)
    }
    var answers: [Identification?] = probes.map { _ in nil }
    for (modality, places) in Modality.groups(of: probes) {
      let group = places.map { probes[$0] }
      let found =
        switch modality {
        case .fingers: try await searchFingers(group, options)
        case .faces(let model): try await searchFaces(group, model, options)
        }
      for (place, answer) in zip(places, found) { answers[place] = answer }
    }
    return answers.compactMap { $0 }
  }

  // MARK: Fingers

  private func searchFingers(
    _ probes: [GalleryProbe],
    _ options: IdentificationOptions
  ) async throws -> [Identification] {
    let snapshot = moment.fingers
    let selection = try await selection(options, nil) { passes in
      try snapshot.select { _, subject, _ in passes(subject) }
    }
    let threshold = try options.threshold(
      parameters: snapshot.matcher.digest,
      count: selection?.count ?? snapshot.count
    )
    let fingers = probes.map(\.fingers)
    let prepared = fingers.joined().map { finger in
      FingerprintSearchProbe(
        snapshot.matcher.prepare(finger.template),
        positions: options.positions.filter(for: finger.position)
      )
    }
    let lists = try await SubjectLists.complete(prepared, limit: options.limit) { probes, limit in
      var search = FingerprintSearchOptions(limit: limit, threshold: threshold)
      (search.mode, search.selection) = (options.mode, selection)
      (search.threads, search.deadline) = (options.threads, options.deadline)
      return try await naming(.fingers) { try await snapshot.search(probes, search) }.map {
        result in
        let samples = zip(result.candidates, result.positions).map { candidate, position in
          GalleryCandidate(candidate, .finger, position)
        }
        return SampleList(samples: samples, coverage: result.coverage)
      }
    }
    return identifications(lists, counts: fingers.map(\.count), threshold, options)
  }

  // MARK: Faces

  private func searchFaces(
    _ probes: [GalleryProbe],
    _ model: FaceModel,
    _ options: IdentificationOptions
  ) async throws -> [Identification] {
    guard let snapshot = moment.faces[model], let name = moment.names[model] else {
      let none = SampleList(samples: [], coverage: coverage(searched: 0, total: 0))
      let threshold = try options.threshold(parameters: nil, count: 0)
      return identifications(
        probes.map { _ in none },
        counts: probes.map { _ in 1 },
        threshold,
        options
      )
    }
    let selection = try await selection(options, model) { passes in
      try snapshot.select { _, subject in passes(subject) }
    }
    let threshold = try options.threshold(
      parameters: snapshot.info.parameters,
      count: selection?.count ?? snapshot.count
    )
    let prepared = try probes.map { probe in
      let vector = probe.vector
      guard vector.count == snapshot.info.dimension else {
        throw IndexError.dimension(expected: snapshot.info.dimension, found: vector.count)
      }
      return try snapshot.prepare(try FaceVectors(dimension: vector.count, values: vector))[0]
    }
    let lists = try await SubjectLists.complete(prepared, limit: options.limit) { probes, limit in
      var search = FaceSearchOptions(limit: limit, threshold: threshold)
      search.selection = selection
      (search.threads, search.deadline) = (options.threads, options.deadline)
      return try await naming(name) { try await snapshot.search(probes, search) }.map { result in
        SampleList(
          samples: result.candidates.map { GalleryCandidate($0, .face, nil) },
          coverage: result.coverage
        )
      }
    }
    return identifications(lists, counts: probes.map { _ in 1 }, threshold, options)
  }

  // MARK: Answers

  /// Gives each probe what its samples found, `counts` many each.
  private func identifications(
    _ lists: [SampleList],
    counts: [Int],
    _ threshold: SimilarityScore?,
    _ options: IdentificationOptions
  ) -> [Identification] {
    var lists = lists[...]
    return counts.map { count in
      let own = lists.prefix(count)
      lists = lists.dropFirst(count)
      let searches = own.map { GalleryCandidate.subjects($0.samples, limit: options.limit) }
      return Identification(
        candidates: GalleryCandidate.subjects(searches.flatMap { $0 }, limit: options.limit),
        searches: searches,
        coverage: coverage(
          searched: own.reduce(0) { $0 + $1.coverage.searched },
          total: own.reduce(0) { $0 + $1.coverage.total }
        ),
        threshold: threshold,
        generation: generation
      )
    }
  }

  private func coverage(searched: Int, total: Int) -> Coverage {
    Coverage(searched: searched, total: total, generation: UInt64(generation))
  }

  private func naming<Result>(
    _ name: IndexName,
    _ body: () async throws -> Result
  ) async throws -> Result {
    do { return try await body() } catch let error as IndexError where error.isDamage {
      throw DamagedIndex(name: name, error: error)
    }
  }
}

/// Probes that are searched in one pass.
private enum Modality: Hashable {
  case fingers
  case faces(FaceModel)

  /// The places of the probes that go together.
  static func groups(of probes: [GalleryProbe]) -> [Modality: [Int]] {
    Dictionary(grouping: probes.indices) { place in
      switch probes[place].content {
      case .fingers: .fingers
      case .face(_, let model): .faces(model)
      }
    }
  }
}

extension GalleryProbe {
  fileprivate var fingers: [Finger] {
    if case .fingers(let fingers) = content { fingers } else { [] }
  }

  fileprivate var vector: [Float] { if case .face(let vector, _) = content { vector } else { [] } }
}

extension IdentificationOptions {
  /// The score of the policy for so many samples.
  fileprivate func threshold(parameters: ParameterDigest?, count: Int) throws -> SimilarityScore? {
    guard let policy else { return nil }
    if let calibration, let parameters { try calibration.check(parameters: parameters) }
    return try policy.threshold(calibration: calibration, gallerySize: count)
  }
}
