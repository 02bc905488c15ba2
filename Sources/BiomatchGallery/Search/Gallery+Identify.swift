import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

extension Gallery {
  /// How often indexes are made anew for one search: one of each kind, and once more.
  private static let repairs = 3

  /// Seeks somebody among the subjects of the gallery.
  ///
  /// The answer is that of comparing the probe with every stored sample that the options let pass. It does
  /// not depend on the order in which people were enrolled, on threads, or on how indexes are saved. A person
  /// is found from when ``enrol(_:)`` has returned. Searches never wait for enrolments.
  ///
  /// Where an index turns out to be damaged, it is made anew, and the search is answered afterwards.
  ///
  /// - Throws: ``GalleryError/searchOff(path:)``; `IndexError` for a limit or a number of threads out of
  ///   range, or a face of another dimension than its model's; `DecisionPolicyError`, `CalibrationError`,
  ///   `FaceVectorError`; `CancellationError`; ``GalleryError/unreadable(subject:reference:)`` when indexes
  ///   must be made anew and a sample was changed behind the gallery's back.
  public func identify(
    _ probe: GalleryProbe,
    _ options: IdentificationOptions = IdentificationOptions()
  ) async throws -> Identification {
    try await identify([probe], options)[0]
  }

  /// Seeks several people at once, in one generation of the gallery: the samples are read once for all.
  ///
  /// - Returns: An answer for each probe, in their order.
  /// - Throws: what ``identify(_:_:)-(GalleryProbe,_)`` does.
  public func identify(
    _ probes: [GalleryProbe],
    _ options: IdentificationOptions = IdentificationOptions()
  ) async throws -> [Identification] {
    let start = ContinuousClock.now
    let answers = try await search(probes, options)
    metrics.identified(probes.count, in: start.duration(to: .now))
    return answers
  }

  private func search(
    _ probes: [GalleryProbe],
    _ options: IdentificationOptions
  ) async throws -> [Identification] {
    for _ in 0..<Self.repairs {
      let snapshot = try await searchSnapshot()
      do { return try await snapshot.search(probes, options) } catch let damage as DamagedIndex {
        indexes?.distrust(damage)
      }
    }
    return try await searchSnapshot().identify(probes, options)
  }

  /// The gallery as it is now, for searches that are to see the same people.
  ///
  /// - Throws: what ``identify(_:_:)-(GalleryProbe,_)`` does.
  public func searchSnapshot() async throws -> SearchSnapshot {
    guard let indexes else { throw GalleryError.searchOff(path: path) }
    return SearchSnapshot(moment: try await indexes.moment(committer), store: store)
  }

  /// Returns when the gallery can be searched without waiting for indexes.
  ///
  /// - Throws: what ``identify(_:_:)-(GalleryProbe,_)`` does.
  public func waitForIndexes() async throws { _ = try await searchSnapshot() }
}
