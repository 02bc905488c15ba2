extension IndexState {
  /// Opens a saved index.
  init(
    opening directory: IndexDirectory,
    key: IndexKey?,
    kind: (IndexManifest) throws(IndexError) -> Kind
  ) throws(IndexError) {
    var last: IndexManifest?
    while true {
      guard let manifest = try directory.manifest(Kind.format) else {
        throw .notAnIndex(path: directory.path)
      }
      do throws(IndexError) {
        let seal = try IndexSeal.opening(manifest, key, path: directory.path)
        try self.init(Place(directory: directory, manifest: manifest), seal, kind(manifest))
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

  private init(_ place: Place, _ seal: IndexSeal?, _ kind: Kind) throws(IndexError) {
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
      saved.append(try kind.open(try directory.rows(file, identity, seal)))
    }
    let rowCount = manifest.segments.reduce(0) { $0 + $1.rows }
    let removalsIdentity = Kind.format.removalsIdentity(kind.parameters)
    let removed: (marks: RowBitmap, segment: Segment?) =
      if let file = manifest.removed {
        try RemovalMarks.read(file, of: directory, removalsIdentity, seal, rowCount: rowCount)
      } else {
        (RowBitmap(rowCount: rowCount), nil)
      }
    self.init(
      kind: kind,
      place: place,
      seal: seal,
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
  ///   - key: what seals an index of its own; `nil` for the key of this one, if it has one.
  ///   - rewritten: which rows that are saved already are written anew, removed ones left out.
  mutating func save(
    to directory: IndexDirectory,
    sealedBy key: IndexKey? = nil,
    rewriting rewritten: RewrittenRows
  ) throws(IndexError) {
    var seal = seal
    if directory != place?.directory, let key = key ?? seal?.key {
      seal = try IndexSeal(new: key, path: directory.path)
    }
    try replaceManifest(of: directory) { state, base, revision throws(IndexError) in
      try state.written(
        to: directory,
        over: base,
        revision: revision,
        seal: seal,
        rewriting: base == nil ? .all : rewritten
      )
    }
  }

  /// Seals the key of the saved index by another key; what is not saved yet stays so.
  mutating func changeKey(to key: IndexKey) throws(IndexError) {
    guard let place else { throw .neverSaved }
    guard let seal else { throw .notSealed(path: place.directory.path) }
    try replaceManifest(of: place.directory) { state, _, revision throws(IndexError) in
      var (state, manifest) = (state, place.manifest)
      let renewed = seal.rewrapped(by: key)
      manifest.revision = revision
      try renewed.seal(&manifest, path: place.directory.path)
      state.move(to: Place(directory: place.directory, manifest: manifest), renewed)
      return state
    }
  }

  /// Puts the manifest of the state that `make` gives in the place of the last, and takes the state.
  ///
  /// - Parameter make: gets this state, the manifest to build on, `nil` for none, and the number of the
  ///   new one.
  private mutating func replaceManifest(
    of directory: IndexDirectory,
    _ make: (IndexState, IndexManifest?, UInt64) throws(IndexError) -> IndexState
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
          let state = try make(old, base, (found?.revision ?? 0) + 1)
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
    seal: IndexSeal?,
    rewriting rewritten: RewrittenRows
  ) throws(IndexError) -> IndexState {
    var writer = RowWriter(
      kind: kind,
      directory: directory,
      revision: revision,
      generation: generation,
      seal: seal
    )
    var (saved, marks): ([Kind.Saved], RowBitmap) = ([], RowBitmap(rowCount: 0))
    var (areKept, markedRowCount) = (true, 0)
    for group in groups(rewriting: rewritten) {
      switch group {
      case .kept(let part, let firstRow):
        marks.append(removed, rows: firstRow..<firstRow + part.rows.count)
        saved.append(part)
        markedRowCount = marks.rowCount
      case .rewritten(let runs, let isSaved):
        let added = try writer.write(runs)
        marks.extend(by: added.reduce(0) { $0 + $1.rows.count })
        saved += added
        if isSaved { areKept = false }
      }
    }
    var manifest = IndexManifest(
      format: Kind.format,
      parameters: kind.parameters,
      details: kind.details,
      revision: revision,
      generation: generation,
      segments: saved.map(\.rows.file)
    )
    var segment: Segment?
    if marks.count == base?.removed?.rows, areKept {
      // The same rows as before, and marks are only added: as many are the same.
      manifest.removed = base?.removed
      segment = savedMarks
    } else if marks.count > 0 {
      let written = try RemovalMarks.write(
        marks.prefix(markedRowCount),
        to: IndexFileName.removed(revision: revision),
        of: directory,
        Kind.format.removalsIdentity(kind.parameters),
        seal,
        generation: generation
      )
      manifest.removed = written.file
      segment = written.segment
    }
    guard manifest.isValid else {
      throw .corruptManifest(path: directory.path(of: IndexFileName.manifest))
    }
    try seal?.seal(&manifest, path: directory.path)
    return IndexState(
      kind: kind,
      place: Place(directory: directory, manifest: manifest),
      seal: seal,
      saved: saved,
      removed: marks,
      savedMarks: segment
    )
  }

  /// Whether writing all saved rows anew would leave as many rows in as many segments.
  var isCompact: Bool {
    removed.count == 0 && kind.limits.isCompact(rowCounts: saved.map(\.rows.count))
  }
}
