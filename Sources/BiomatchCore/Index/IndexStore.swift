import Synchronization

/// An index of one kind: its rows in memory and in a directory, changes to them, and what searches see.
///
/// Threads may share a store. Changes wait for each other; searches run on a snapshot and wait for
/// nothing.
package final class IndexStore<Kind: IndexKind>: Sendable {
  /// What the rows are.
  package let kind: Kind

  /// Changes take this while they last, searches never.
  private let changes: Mutex<ChangingState<Kind>>
  /// Whatever writes files takes this for as long as that lasts.
  private let files = Mutex(())
  /// The state that searches see, replaced as a whole.
  private let published: Mutex<IndexSnapshot<Kind>>

  /// No rows, in memory.
  package convenience init(_ kind: Kind) { self.init(IndexState(kind: kind)) }

  /// The index saved in a directory.
  ///
  /// - Parameters:
  ///   - key: what it is sealed by; `nil` for an index that is not sealed.
  ///   - kind: the kind that fits a manifest, of which it may read the details. That the manifest's
  ///     parameters and details are the kind's is checked behind it.
  package convenience init(
    opening directory: String,
    sealedBy key: IndexKey? = nil,
    kind: (IndexManifest) throws(IndexError) -> Kind
  ) throws(IndexError) {
    self.init(try IndexState(opening: IndexDirectory(path: directory), key: key, kind: kind))
  }

  private init(_ state: IndexState<Kind>) {
    kind = state.kind
    changes = Mutex(ChangingState(state: state))
    published = Mutex(state.snapshot)
  }

  /// The rows as they are now, for searches.
  package var snapshot: IndexSnapshot<Kind> { published.withLock { $0 } }
  /// All there is, as it is now.
  package var state: IndexState<Kind> { changes.withLock { $0.state } }

  // MARK: Rows

  /// Adds rows, all or none.
  ///
  /// - Parameters:
  ///   - parts: rows whose references differ from each other, see ``IndexError/checkDistinct(_:)``; no
  ///     part is empty.
  ///   - areNew: whether the caller knows that the index has none of the references. They are then not
  ///     looked for in saved segments, which takes longer the more of these there are.
  /// - Throws: ``IndexError/duplicateReference(_:)`` for a reference that is there already, and others.
  package func append(_ parts: [Kind.Memory], areNew: Bool = false) throws(IndexError) {
    _ = try change(.append(parts, areNew: areNew))
  }

  /// Which of the references the index does not have, each once, in their order.
  package func unknown(
    _ references: some Sequence<ReferenceID>
  ) throws(IndexError) -> [ReferenceID] {
    let state = state
    var seen: Set<ReferenceID> = []
    let asked = references.filter { seen.insert($0).inserted }
    return try zip(asked, state.rows(of: asked)).compactMap { $1 == nil ? $0 : nil }
  }

  /// Removes the rows of those references that there are, and counts them.
  package func remove(_ references: some Sequence<ReferenceID>) throws(IndexError) -> Int {
    try change(.remove(Array(references)))
  }

  /// Removes all rows of those subjects, and counts them.
  package func remove(subjects: some Sequence<SubjectID>) throws(IndexError) -> Int {
    try change(.removeSubjects(Array(subjects)))
  }

  // MARK: Files

  /// The directory that the index is saved in; `nil` while it is in memory only.
  package var directory: String? { changes.withLock { $0.state.place?.directory.path } }

  /// The names of the files of the saved index besides ``IndexFileName/manifest``, in byte order; none
  /// while it is in memory only.
  package var fileNames: [String] {
    changes.withLock { $0.state.place?.manifest.files.sorted() ?? [] }
  }

  /// Saves the index in a directory, which is created if it does not exist, as an index of its own;
  /// from then on ``save(mergingUpTo:)`` saves there.
  ///
  /// - Parameter key: what it is sealed by; `nil` for the key of this index, if it is sealed.
  package func save(
    to directory: String,
    sealedBy key: IndexKey? = nil
  ) throws(IndexError) {
    do { try FileBytes.createDirectory(directory) } catch { throw .file(error) }
    try write { state throws(IndexError) in
      let directory = IndexDirectory(path: directory)
      let isOwn = directory == state.place?.directory
      if isOwn, key != nil, state.seal == nil { throw .notSealed(path: directory.path) }
      if !isOwn || state.hasChanges {
        let limit = kind.limits.mergedRowCount
        try state.save(to: directory, sealedBy: key, rewriting: .few(upTo: limit))
      }
      if isOwn, let key { try state.changeKey(to: key) }
    }
  }

  /// Saves what was added and removed since the index was opened or saved.
  ///
  /// - Parameter rowCount: how many rows of small segments are written anew at most; the kind's limit
  ///   for `nil`.
  package func save(mergingUpTo rowCount: Int? = nil) throws(IndexError) {
    let limits = kind.limits
    let limit = rowCount.map { min($0, limits.rowsPerSegment) } ?? limits.mergedRowCount
    try write { state throws(IndexError) in
      guard let place = state.place else { throw .neverSaved }
      if state.hasChanges { try state.save(to: place.directory, rewriting: .few(upTo: limit)) }
    }
  }

  /// Drops removed rows for good, and writes only those segments anew that have some.
  package func purge() throws(IndexError) {
    try write { state throws(IndexError) in
      if let place = state.place {
        guard state.hasChanges || state.removed.count > 0 else { return }
        try state.save(to: place.directory, rewriting: .affected)
      } else {
        state.compactMemory()
      }
    }
  }

  /// Whether the saved index is sealed.
  package var isSealed: Bool { changes.withLock { $0.state.seal != nil } }

  /// What the saved index is sealed by; `nil` for nothing.
  package var key: IndexKey? { changes.withLock { $0.state.seal?.key } }

  /// Makes another key the one that opens the saved index: only the manifest is written.
  package func changeKey(to key: IndexKey) throws(IndexError) {
    try write { state throws(IndexError) in try state.changeKey(to: key) }
  }

  /// Drops removed rows for good and merges segments, as far as there is anything to gain.
  package func compact() throws(IndexError) {
    try write { state throws(IndexError) in
      if let place = state.place {
        guard state.hasChanges || !state.isCompact else { return }
        try state.save(to: place.directory, rewriting: .all)
      } else {
        state.compactMemory()
      }
    }
  }

  /// Checks every byte of the saved segments and every rule of the format.
  package func verify() throws(IndexError) { try state.verify() }

  // MARK: Changes

  /// Changes the rows and shows the result to searches that begin afterwards.
  private func change(_ change: RowChange<Kind>) throws(IndexError) -> Int {
    try changes.withLock { changing throws(IndexError) in
      let count = try changing.state.apply(change)
      changing.sinceCopy?.append(change)
      publish(changing.state)
      return count
    }
  }

  /// Writes files by a copy of the state. Rows are added and removed meanwhile, and once more to what was
  /// written; searches never wait.
  private func write(
    _ body: (inout IndexState<Kind>) throws(IndexError) -> Void
  ) throws(IndexError) {
    try files.withLock { _ throws(IndexError) in
      var copy = changes.withLock { changing in
        changing.sinceCopy = []
        return changing.state
      }
      var failure: IndexError?
      do throws(IndexError) { try body(&copy) } catch { failure = error }
      try adopt(copy)
      if let failure { throw failure }
    }
  }

  private func adopt(_ copy: IndexState<Kind>) throws(IndexError) {
    try changes.withLock { changing throws(IndexError) in
      let missed = changing.sinceCopy ?? []
      changing.sinceCopy = nil
      var renewed = copy
      do throws(IndexError) {
        for change in missed { _ = try renewed.apply(change) }
      } catch {
        // What was written is damaged already. The next save may write over it.
        changing.state.unconfirmed = copy.place
        throw error
      }
      changing.state = renewed
      publish(renewed)
    }
  }

  private func publish(_ state: IndexState<Kind>) {
    let snapshot = state.snapshot
    published.withLock { $0 = snapshot }
  }
}

/// The state of an index, and what happened to it while a copy of it is written.
private struct ChangingState<Kind: IndexKind>: Sendable {
  var state: IndexState<Kind>
  /// The changes since the copy was taken; `nil` while nothing is written.
  var sinceCopy: [RowChange<Kind>]?
}

/// A change of an index's rows.
private enum RowChange<Kind: IndexKind>: Sendable {
  case append([Kind.Memory], areNew: Bool)
  case remove([ReferenceID])
  case removeSubjects([SubjectID])
}

extension IndexState {
  /// Changes the rows, and tells how many were removed.
  fileprivate mutating func apply(_ change: RowChange<Kind>) throws(IndexError) -> Int {
    switch change {
    case .append(let parts, let areNew):
      try append(parts, areNew: areNew)
      return 0
    case .remove(let references): return try remove(references)
    case .removeSubjects(let subjects): return try remove(try references(of: subjects))
    }
  }
}
