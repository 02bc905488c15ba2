import BiomatchCore

extension IndexState {
  /// Opens a saved index.
  init(
    opening directory: IndexDirectory,
    matcher: FingerprintMatcher
  ) throws(FingerprintIndexError) {
    var last: IndexManifest?
    while true {
      guard let manifest = try directory.manifest() else {
        throw .notAnIndex(path: directory.path)
      }
      do throws(FingerprintIndexError) {
        try self.init(Place(directory: directory, manifest: manifest), matcher: matcher)
        return
      } catch .missingFile(let path) {
        // Another process may have saved in between, and removed what its manifest no longer names.
        guard manifest != last else { throw .missingFile(path: path) }
        last = manifest
      } catch {
        throw error
      }
    }
  }

  private init(_ place: Place, matcher: FingerprintMatcher) throws(FingerprintIndexError) {
    let (directory, manifest) = (place.directory, place.manifest)
    guard manifest.parameters == matcher.digest else {
      throw .wrongParameters(
        path: directory.path,
        expected: matcher.digest,
        found: manifest.parameters
      )
    }
    var saved: [SavedPart] = []
    for file in manifest.segments {
      saved.append(try directory.rows(file, manifest.parameters))
    }
    let rowCount = manifest.segments.reduce(0) { $0 + $1.rows }
    let removed: (marks: RowBitmap, segment: Segment?) =
      if let file = manifest.removed {
        try RemovalMarks.read(file, of: directory, manifest.parameters, rowCount: rowCount)
      } else {
        (RowBitmap(rowCount: rowCount), nil)
      }
    self.init(
      matcher: matcher,
      place: place,
      saved: saved,
      removed: removed.marks,
      savedMarks: removed.segment
    )
  }

  /// Whether the index in its place is another than this.
  var hasChanges: Bool { place?.manifest.generation != generation }

  /// Saves the rows.
  ///
  /// - Parameters:
  ///   - directory: where; that of ``place`` to add to what is there, another for an index of its own.
  ///   - isRewriting: whether rows that are saved already are written anew, removed ones left out.
  mutating func save(
    to directory: IndexDirectory,
    rewriting isRewriting: Bool
  ) throws(FingerprintIndexError) {
    let base = directory == place?.directory ? place?.manifest : nil
    let old = self
    var written: IndexState?
    do throws(FingerprintIndexError) {
      self = try directory.locked { () throws(FingerprintIndexError) in
        let found = try directory.manifest()
        guard found == base || old.isUnconfirmed(found, in: directory) else {
          throw base == nil ? .exists(path: directory.path) : .changed(path: directory.path)
        }
        directory.removeLeftovers(besides: base, found)
        do throws(FingerprintIndexError) {
          let revision = (found?.revision ?? 0) + 1
          let state = try old.written(
            to: directory,
            over: base,
            revision: revision,
            rewriting: isRewriting
          )
          written = state
          try state.publish()
          return state
        } catch {
          // What did not become part of the index takes no room either. The manifest may have got its
          // place all the same, and only its durability failed: then either may be there tomorrow.
          if case .success(let found) = Result(catching: directory.manifest) {
            directory.removeLeftovers(besides: base, found)
            if found != written?.place?.manifest { written = nil }
          }
          throw error
        }
      }
    } catch {
      if let place = written?.place { unconfirmed = place }
      throw error
    }
  }

  /// Makes the state the index of its place.
  private func publish() throws(FingerprintIndexError) {
    guard let place else { return }
    try place.directory.publish(place.manifest)
    place.directory.removeLeftovers(besides: place.manifest)
  }

  private func isUnconfirmed(_ manifest: IndexManifest?, in directory: IndexDirectory) -> Bool {
    guard let manifest else { return false }
    return unconfirmed == Place(directory: directory, manifest: manifest)
  }

  /// The state over new segments, which no manifest in place names yet.
  private func written(
    to directory: IndexDirectory,
    over base: IndexManifest?,
    revision: UInt64,
    rewriting isRewriting: Bool
  ) throws(FingerprintIndexError) -> IndexState {
    let kept = base == nil || isRewriting ? [] : largerParts
    let keptRowCount = kept.reduce(0) { $0 + $1.rowCount }
    let writer = RowWriter(
      directory: directory,
      parameters: matcher.digest,
      revision: revision,
      generation: generation
    )
    let added = try writer.write(liveRows(from: keptRowCount))
    var marks = removed.prefix(keptRowCount)
    var manifest = IndexManifest(
      parameters: matcher.digest,
      revision: revision,
      generation: generation,
      segments: (kept + added).map(\.file)
    )
    var segment: Segment?
    if marks.count == base?.removed?.rows, kept.count == saved.count {
      // The same rows as before, and marks are only added: as many are the same.
      manifest.removed = base?.removed
      segment = savedMarks
    } else if marks.count > 0 {
      let written = try RemovalMarks.write(
        marks,
        to: IndexFileName.removed(revision: revision),
        of: directory,
        matcher.digest,
        generation: generation
      )
      manifest.removed = written.file
      segment = written.segment
    }
    guard manifest.isValid else {
      throw .corruptManifest(path: directory.path(of: IndexFileName.manifest))
    }
    marks.extend(by: added.reduce(0) { $0 + $1.rowCount })
    return IndexState(
      matcher: matcher,
      place: Place(directory: directory, manifest: manifest),
      saved: kept + added,
      removed: marks,
      savedMarks: segment
    )
  }

  /// The saved parts in front of those so small that a save writes them anew with the rows in memory:
  /// else every save would leave one more for good. A print is written as often as the number of rows
  /// has binary digits.
  private var largerParts: [SavedPart] {
    var added = removed.rowCount - saved.reduce(0) { $0 + $1.rowCount }
    guard added > 0 else { return saved }
    var kept = saved[...]
    while let last = kept.last, last.rowCount < 2 * added,
      last.rowCount + added <= Self.largestMergedRowCount
    {
      added += last.rowCount
      kept.removeLast()
    }
    return Array(kept)
  }

  /// Whether writing all saved rows anew would leave as many rows in as many segments.
  var isCompact: Bool {
    removed.count == 0 && RowWriter.isCompact(rowCounts: saved.map(\.rowCount))
  }

  /// Segments of more rows are merged by compacting only: some 160 MB.
  private static var largestMergedRowCount: Int { 1 << 16 }

  /// The rows that are not removed, from row `first` on, where a part starts.
  func liveRows(from first: Int) -> [RowWriter.Source] {
    var sources: [RowWriter.Source] = []
    var firstRow = 0
    for part in saved as [any IndexPart] + memory {
      let start = firstRow
      if start >= first {
        let rows = (0..<part.rowCount).filter { !removed.contains(start + $0) }
        sources.append(RowWriter.Source(part: part, rows: rows))
      }
      firstRow += part.rowCount
    }
    return sources
  }
}
