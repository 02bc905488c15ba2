extension IndexState {
  /// Opens a saved index.
  init(
    opening directory: IndexDirectory,
    kind: (IndexManifest) throws(IndexError) -> Kind
  ) throws(IndexError) {
    var last: IndexManifest?
    while true {
      guard let manifest = try directory.manifest(Kind.format) else {
        throw .notAnIndex(path: directory.path)
      }
      do throws(IndexError) {
        try self.init(Place(directory: directory, manifest: manifest), kind(manifest))
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

  private init(_ place: Place, _ kind: Kind) throws(IndexError) {
    let (directory, manifest) = (place.directory, place.manifest)
    guard manifest.parameters == kind.parameters, manifest.details == kind.details else {
      throw .wrongParameters(
        path: directory.path,
        expected: kind.parameters,
        found: manifest.parameters
      )
    }
    let identity = Kind.format.identity(kind.parameters)
    var saved: [Kind.Saved] = []
    for file in manifest.segments {
      saved.append(try kind.open(try directory.rows(file, identity)))
    }
    let rowCount = manifest.segments.reduce(0) { $0 + $1.rows }
    let removalsIdentity = Kind.format.removalsIdentity(kind.parameters)
    let removed: (marks: RowBitmap, segment: Segment?) =
      if let file = manifest.removed {
        try RemovalMarks.read(file, of: directory, removalsIdentity, rowCount: rowCount)
      } else {
        (RowBitmap(rowCount: rowCount), nil)
      }
    self.init(
      kind: kind,
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
  ) throws(IndexError) {
    let base = directory == place?.directory ? place?.manifest : nil
    let old = self
    var written: IndexState?
    do throws(IndexError) {
      self = try directory.locked { () throws(IndexError) in
        let found = try directory.manifest(Kind.format)
        guard found == base || old.isUnconfirmed(found, in: directory) else {
          throw base == nil ? .exists(path: directory.path) : .changed(path: directory.path)
        }
        directory.removeLeftovers(besides: base, found)
        do throws(IndexError) {
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
          if case .success(let found) = Result(catching: { try directory.manifest(Kind.format) }) {
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
  private func publish() throws(IndexError) {
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
  ) throws(IndexError) -> IndexState {
    let kept = base == nil || isRewriting ? [] : largerParts
    let keptRowCount = kept.reduce(0) { $0 + $1.rows.count }
    let writer = RowWriter(
      kind: kind,
      directory: directory,
      revision: revision,
      generation: generation
    )
    let added = try writer.write(liveRows(from: keptRowCount))
    var marks = removed.prefix(keptRowCount)
    var manifest = IndexManifest(
      format: Kind.format,
      parameters: kind.parameters,
      details: kind.details,
      revision: revision,
      generation: generation,
      segments: (kept + added).map(\.rows.file)
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
        Kind.format.removalsIdentity(kind.parameters),
        generation: generation
      )
      manifest.removed = written.file
      segment = written.segment
    }
    guard manifest.isValid else {
      throw .corruptManifest(path: directory.path(of: IndexFileName.manifest))
    }
    marks.extend(by: added.reduce(0) { $0 + $1.rows.count })
    return IndexState(
      kind: kind,
      place: Place(directory: directory, manifest: manifest),
      saved: kept + added,
      removed: marks,
      savedMarks: segment
    )
  }

  /// The saved parts in front of those so small that a save writes them anew with the rows in memory:
  /// else every save would leave one more for good. A row is written as often as the number of rows
  /// has binary digits.
  private var largerParts: [Kind.Saved] {
    var added = removed.rowCount - saved.reduce(0) { $0 + $1.rows.count }
    guard added > 0 else { return saved }
    var kept = saved[...]
    while let last = kept.last, last.rows.count < 2 * added,
      last.rows.count + added <= kind.limits.mergedRowCount
    {
      added += last.rows.count
      kept.removeLast()
    }
    return Array(kept)
  }

  /// Whether writing all saved rows anew would leave as many rows in as many segments.
  var isCompact: Bool {
    removed.count == 0 && kind.limits.isCompact(rowCounts: saved.map(\.rows.count))
  }

  /// The rows that are not removed, from row `first` on, where a part starts.
  package func liveRows(from first: Int) -> [RowRun<IndexPart<Kind>>] {
    var runs: [RowRun<IndexPart<Kind>>] = []
    var firstRow = 0
    for part in parts {
      if firstRow >= first {
        runs += liveRows(of: part, count: part.rowCount, firstRow: firstRow)
      }
      firstRow += part.rowCount
    }
    return runs
  }
}
