import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import Logging
import Synchronization

/// Keeps the indexes of a gallery as new as the gallery, and saves them from time to time.
///
/// All of them is derived from the records. What is missing, damaged or of something else is made anew, and
/// whatever cannot be saved is noted in the log and made up for at the next opening.
final class GalleryIndexes: Sendable {
  /// So many changes of rows are saved together, in the background: some 100 MB.
  static let savedTogether = 1 << 15

  struct State: Sendable {
    /// `nil` until the indexes are loaded, and while they are made anew.
    var set: IndexSet?
    var moment: IndexMoment?
    var loading: Task<Void, any Error>?
    /// What the load that is on its way may write.
    var permit: LoadPermit?
    var saving: Task<Void, Never>?
    /// How many rows were changed since a save began.
    var unsaved = 0
    /// The indexes that are not to be opened, but made anew.
    var distrusted: Set<IndexName> = []
    /// How many samples were read for indexes.
    var samplesRead = 0
    /// Nothing is searched, loaded or saved any more.
    var isClosed = false
  }

  let store: Store
  let settings: GallerySearchSettings
  let logger: Logger
  let state = Mutex(State())

  init(_ store: Store, _ settings: GallerySearchSettings, _ logger: Logger) {
    self.store = store
    self.settings = settings
    self.logger = logger
  }

  /// How many samples were read from the gallery to load the indexes and to follow another process.
  var samplesRead: Int { state.withLock { $0.samplesRead } }

  /// Where the indexes are, and their keys as they are now.
  func place() throws -> IndexPlace {
    IndexPlace(path: store.paths.indexes, gallery: store.id, keys: try store.vault?.indexKeys())
  }

  // MARK: Searching

  /// The indexes as they are, loaded if they are not yet. Beside a writer in another process, they are
  /// brought to what it has written.
  func moment(_ committer: Committer) async throws -> IndexMoment {
    while true {
      try await ready(committer)
      if store.readOnly { try await follow(committer) }
      if let moment = state.withLock({ $0.moment }) { return moment }
    }
  }

  /// Returns when the indexes are loaded.
  ///
  /// - Throws: ``StorageFailure/closed`` when they were closed: what is in memory would not be as new as the
  ///   files any more.
  func ready(_ committer: Committer) async throws {
    let loading = try state.withLock { state throws -> Task<Void, any Error>? in
      guard !state.isClosed else {
        throw GalleryError.storage(path: store.paths.directory, .closed)
      }
      if state.set != nil { return nil }
      if let loading = state.loading { return loading }
      let loading = Task { try await load(committer) }
      state.loading = loading
      return loading
    }
    try await loading?.value
  }

  /// Has an index made anew, whose rows are damaged.
  func distrust(_ damage: DamagedIndex) {
    logger.warning(
      "an index is damaged and made anew",
      metadata: ["index": "\(damage.name.directory)", "error": "\(damage.error)"]
    )
    state.withLock { state in
      state.distrusted.insert(damage.name)
      (state.set, state.moment) = (nil, nil)
    }
  }

  // MARK: Following the gallery

  /// Follows a change that is durable, before its caller is told. Writes nothing.
  ///
  /// Calls come one after the other.
  func apply(_ commit: GalleryCommit) async {
    guard let current = state.withLock({ $0.set }) else { return }
    do {
      let known = try await withModels(of: commit, current)
      let set = try await blocking {
        var set = known
        try set.apply(commit)
        return set
      }
      install(set)
      saveIfDue(set, changes: commit.added.count + commit.removed.count)
    } catch let damage as DamagedIndex {
      distrust(damage)
    } catch {
      logger.warning("the indexes are behind", metadata: ["error": "\(error)"])
      state.withLock { ($0.set, $0.moment) = (nil, nil) }
    }
  }

  /// The indexes with those of models that the gallery has not had before.
  private func withModels(of commit: GalleryCommit, _ set: IndexSet) async throws -> IndexSet {
    let models = set.newModels(commit.added)
    guard !models.isEmpty else { return set }
    var set = set
    for case .faces(let model) in try await store.indexNames() where models.contains(model.model) {
      set.add(try KeptIndex(new: .faces(model), matcher: settings.matcher))
    }
    return set
  }

  func install(_ set: IndexSet) {
    let moment = set.moment
    state.withLock { state in (state.set, state.moment) = (set, moment) }
  }

  // MARK: Saving

  private func saveIfDue(_ set: IndexSet, changes: Int) {
    state.withLock { state in
      state.unsaved += changes
      if state.unsaved >= Self.savedTogether { startSaving(set, &state) }
    }
  }

  /// Saves the indexes in the background, unless that is being done.
  func startSaving(_ set: IndexSet, _ state: inout State) {
    guard !store.readOnly, !state.isClosed, state.saving == nil else { return }
    state.unsaved = 0
    let marked = set.marked
    state.saving = Task.detached { [self] in
      await save(marked)
      self.state.withLock { $0.saving = nil }
    }
  }

  /// Saves indexes; what cannot be saved is made up for at the next opening.
  func save(_ marked: [(index: KeptIndex, mark: IndexMark)]) async {
    do {
      let place = try place()
      try await blocking { for (index, mark) in marked { try index.save(mark, place) } }
    } catch {
      logger.warning("the indexes are not saved", metadata: ["error": "\(error)"])
    }
  }

  /// Returns when nothing is being saved.
  func settle() async {
    while let saving = state.withLock({ $0.saving }) { await saving.value }
  }

  /// Saves what is not saved yet.
  func close() async {
    let loading = state.withLock { state in
      state.isClosed = true
      return state.loading
    }
    if let loading {
      loading.cancel()
      _ = try? await loading.value
    }
    await settle()
    let (set, unsaved) = state.withLock { ($0.set, $0.unsaved) }
    guard !store.readOnly, let set, unsaved > 0 else { return }
    await save(set.marked)
  }

  // MARK: Erasure and keys

  /// Removes erased samples from all that is saved. Where that cannot be done, all that is saved goes.
  func erase() async throws {
    await settle()
    if let set = state.withLock({ $0.set }) {
      do {
        let (marked, place) = (set.marked, try place())
        try await blocking { for (index, mark) in marked { try index.purge(mark, place) } }
        install(set)
        return
      } catch {
        logger.warning("the indexes are made anew", metadata: ["error": "\(error)"])
        state.withLock { ($0.set, $0.moment) = (nil, nil) }
      }
    }
    await stopWriting()
    let place = try place()
    try await blocking { for name in place.names() { try place.remove(name) } }
  }

  /// Has a load that is on its way begin anew, which may have read what is not there any more.
  private func stopWriting() async {
    guard let permit = state.withLock({ $0.permit }) else { return }
    try? await blocking { permit.revoke() }
  }

  /// Puts the saved indexes under the gallery's key, which is another now.
  func changeKey() async {
    await settle()
    guard let set = state.withLock({ $0.set }) else { return await stopWriting() }
    do {
      let (marked, place) = (set.marked, try place())
      guard let keys = place.keys else { return }
      try await blocking {
        for (kept, mark) in marked where kept.index.directory != nil {
          try kept.index.changeKey(to: keys.index)
          try kept.save(mark, place)
        }
      }
    } catch {
      // What is under the old key does not open, and is made anew.
      logger.warning("the indexes keep the old key", metadata: ["error": "\(error)"])
    }
  }
}
