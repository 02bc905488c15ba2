import BiomatchCore
import BiomatchCrypto
import Logging
import Synchronization

/// A durable store of people and their samples.
///
/// ```swift
/// try KeySource.makeKeyFile(at: "gallery.key")
/// let gallery = try await Gallery.create(at: "gallery", sealing: .sealed(.file("gallery.key")))
/// try await gallery.enrol(person)
/// let same = try await gallery.read { try $0.person(person.subject) }
/// let receipt = try await gallery.erase(person.subject)
/// ```
///
/// - **Durable.** What has returned survives a crash and a loss of power; what has not is not there in
///   parts.
/// - **Sealed.** Names, templates and records are under a key of their subject. `docs/security.md` tells
///   what stays in clear.
/// - **One writer, many readers.** Readers see one moment of the gallery and wait for nobody. A second
///   writer, in this process or another, gets ``GalleryError/inUse(path:)``.
///
/// All calls may come from many tasks at once. The time of enrolments that arrive together is shared.
public final class Gallery: Sendable {
  let store: Store
  let options: GalleryOptions
  let committer: Committer
  /// `nil` where the gallery is not to be searched.
  let indexes: GalleryIndexes?
  let metrics: GalleryMetrics
  /// Receipts of erasures that opening the gallery finished, until somebody asks for them.
  let earlierReceipts = Mutex<[ErasureReceipt]>([])
  private let lock: WriterLock?

  /// The version of the files that this library writes.
  public static var formatVersion: Int { GalleryManifest.format }
  /// The directory.
  public var path: String { store.paths.directory }
  /// The identity of the gallery, the same for ever and in its backups.
  public var id: GalleryID { store.id }
  /// Whether the records are sealed.
  public var isSealed: Bool { store.vault != nil }

  init(_ store: Store, lock: WriterLock?, options: GalleryOptions) {
    let metrics = GalleryMetrics()
    self.store = store
    self.lock = lock
    self.options = options
    self.metrics = metrics
    let indexes = options.search.map { GalleryIndexes(store, $0, options.logger) }
    self.indexes = indexes
    committer = Committer { changes in
      await Self.commit(changes, to: store, indexes, options, metrics)
    } afterwards: { othersWait in
      // Those who wait go first, until the log is very long.
      await store.tidyLogs(from: othersWait ? 4 * Store.logPages : Store.logPages)
    }
  }

  /// Closes the files and lets other writers in. Calls that are under way, and those that come later, end
  /// with ``StorageFailure/closed``; a ``SearchSnapshot`` that was taken before still answers.
  public func close() async throws {
    await indexes?.close()
    try await committer.exclusively { [store] in try store.close() }
    lock?.release()
  }

  // MARK: Enrolling and changing

  /// Enrols a person.
  ///
  /// - Returns: The generation that has the person, when everything is durable.
  /// - Throws: ``GalleryError``; nothing of the person is then in the gallery.
  @discardableResult
  public func enrol(_ person: Person) async throws -> Enrolment {
    try await submit { try $0.prepareChange(person) }
  }

  /// Changes a person.
  ///
  /// - Returns: The generation that has the changes, when everything is durable.
  /// - Throws: ``GalleryError``; nothing is then changed.
  @discardableResult
  public func update(_ subject: SubjectID, _ changes: PersonChanges) async throws -> Enrolment {
    try await submit { .update(try $0.prepare(changes, of: subject)) }
  }

  /// How people are checked and sealed here.
  var preparation: Preparation {
    Preparation(gallery: id, isSealed: isSealed, strictness: options.strictness)
  }

  private func submit(
    _ prepare: (Preparation) throws -> PreparedChange
  ) async throws -> Enrolment {
    try requireWriter()
    let change = try prepare(preparation)
    let results = await committer.submit([change])
    return Enrolment(generation: try results[0].get(), repairs: change.repairs)
  }

  /// Throws unless the gallery is open for writing.
  func requireWriter() throws {
    guard !store.readOnly else { throw GalleryError.readOnly(path: path) }
  }

  /// Tells all that follows the gallery of a change that is durable.
  func announce(_ commit: GalleryCommit) async {
    await Self.announce(commit, to: indexes, options, metrics)
  }

  private static func announce(
    _ commit: GalleryCommit,
    to indexes: GalleryIndexes?,
    _ options: GalleryOptions,
    _ metrics: GalleryMetrics
  ) async {
    if let indexes {
      let start = ContinuousClock.now
      await indexes.apply(commit)
      metrics.indexed(in: start.duration(to: .now))
    }
    await options.observer?.galleryDidCommit(commit)
  }

  private static func commit(
    _ changes: [PreparedChange],
    to store: Store,
    _ indexes: GalleryIndexes?,
    _ options: GalleryOptions,
    _ metrics: GalleryMetrics
  ) async -> [Result<Int64, any Error>] {
    let start = ContinuousClock.now
    do {
      let group = try await store.commit(changes)
      metrics.committed(changes, group.results, in: start.duration(to: .now))
      if let commit = group.commit {
        options.logger.debug(
          "committed",
          metadata: [
            "generation": "\(commit.generation)", "added": "\(commit.added.count)",
            "removed": "\(commit.removed.count)",
          ]
        )
        await announce(commit, to: indexes, options, metrics)
      }
      return group.results
    } catch {
      options.logger.error("could not commit", metadata: ["error": "\(error)"])
      return changes.map { _ in .failure(error) }
    }
  }

  // MARK: Reading

  /// Reads one moment of the gallery.
  public func read<Result: Sendable>(
    _ body: @escaping @Sendable (GallerySnapshot) throws -> Result
  ) async throws -> Result {
    try await store.read { [store] db in try body(GallerySnapshot(db: db, store: store)) }
  }

  /// What the gallery holds.
  public func state() async throws -> GalleryState { try await read { try $0.state() } }

  /// Everything of a subject; `nil` for one that is not enrolled.
  public func person(_ subject: SubjectID) async throws -> Person? {
    try await read { try $0.person(subject) }
  }

  /// What happened to samples after a generation; see ``GallerySnapshot/changes(since:)``.
  public func changes(since generation: Int64) async throws -> GalleryChanges? {
    try await read { try $0.changes(since: generation) }
  }

  /// Gives the samples of a kind in the order of their numbers, batch by batch.
  ///
  /// Each batch is one moment of the gallery. What is removed while it goes on may be among them or not,
  /// and what is added is not if `through` says so: whoever needs all of one generation takes the changes
  /// since then afterwards.
  ///
  /// - Parameters:
  ///   - kind: which samples.
  ///   - number: only samples with greater numbers.
  ///   - last: the last number; all that there are when the call comes for `nil`.
  ///   - batchSize: how many samples a call of `body` gets at most.
  public func samples(
    _ kind: SampleKind,
    after number: Int64 = 0,
    through last: Int64? = nil,
    batchSize: Int = 2000,
    _ body: ([StoredSample]) async throws -> Void
  ) async throws {
    try await store.samples(kind, after: number, through: last, batchSize: batchSize, body)
  }
}

extension Preparation {
  /// A checked and sealed person, as a change.
  func prepareChange(_ person: Person) throws -> PreparedChange { .enrol(try prepare(person)) }
}
