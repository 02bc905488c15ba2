import BiomatchCore
import BiomatchCrypto
import Foundation
import GRDB
import Logging
import Synchronization

extension Gallery {
  /// Creates a gallery in a new directory, and opens it for writing.
  ///
  /// It is made under another name and renamed when it is complete: nothing half made has the path, also
  /// after a loss of power.
  ///
  /// - Throws: ``GalleryError/exists(path:)`` when anything is there, ``KeySourceError``, `FileError`.
  public static func create(
    at path: String,
    sealing: GallerySealing,
    options: GalleryOptions = GalleryOptions()
  ) async throws -> Gallery {
    let id = GalleryID.random()
    switch sealing {
    case .clear:
      try await blocking {
        try GalleryPaths(path).make { try makeFiles($0, id, master: nil) }
      }
      return try await open(at: path, options: options)
    case .sealed(let source):
      try await blocking {
        let master = SubjectKey(try source.load())
        try GalleryPaths(path).make { try makeFiles($0, id, master: master) }
      }
      return try await open(at: path, key: source, options: options)
    }
  }

  /// Opens a gallery.
  ///
  /// For writing, it finishes what a process that ended left to be done: erasures, whose receipts
  /// ``finishErasures()`` gives, and keys of people who were never enrolled. Its time does not depend on how
  /// many people there are, unless indexes are missing or not those of the gallery: these are made anew from
  /// all samples. See ``GallerySearchSettings/openingWaits``.
  ///
  /// - Parameters:
  ///   - key: where the master key is from, for a sealed gallery. An error with one in clear: somebody
  ///     may have put it in the place of a sealed one.
  ///   - access: whether changes are to be made.
  /// - Throws: ``GalleryError``, ``KeySourceError``, `FileError`.
  public static func open(
    at path: String,
    key: KeySource? = nil,
    access: GalleryAccess = .readWrite,
    options: GalleryOptions = GalleryOptions()
  ) async throws -> Gallery {
    let (store, lock) = try await blocking {
      let paths = GalleryPaths(path)
      let manifest = try GalleryManifest.read(paths)
      let lock = access == .readWrite ? try WriterLock(paths.directory) : nil
      let store = try openStore(paths, manifest, key, readOnly: access == .readOnly)
      return (store, lock)
    }
    // Here, since a factory of metrics may be one of the task.
    let gallery = Gallery(store, lock: lock, options: options)
    if access == .readWrite {
      try await gallery.recover()
      await gallery.store.tidyLogs(from: 0)
    }
    await gallery.openIndexes()
    return gallery
  }

  /// Has the indexes loaded; what fails is told by searches, which try anew.
  private func openIndexes() async {
    guard let indexes, let settings = options.search else { return }
    let loading = Task { [committer, options, metrics] in
      let start = ContinuousClock.now
      do {
        try await indexes.ready(committer)
        metrics.opened(reading: indexes.samplesRead, in: start.duration(to: .now))
      } catch {
        options.logger.warning("the indexes are not loaded", metadata: ["error": "\(error)"])
      }
    }
    if settings.openingWaits { await loading.value }
  }

  private static func makeFiles(_ paths: GalleryPaths, _ id: GalleryID, master: SubjectKey?) throws
  {
    if let master { try KeyVault.create(paths.keys, id, master: master.bytes) }
    try DatabaseFile.pool(paths.records, RecordSchema.migrator, readOnly: false, creates: true)
      .close()
    try FileNames.restrict(paths.records)
    try GalleryManifest(gallery: id, sealed: master != nil).write(paths.manifest)
  }

  private static func openStore(
    _ paths: GalleryPaths,
    _ manifest: GalleryManifest,
    _ key: KeySource?,
    readOnly: Bool
  ) throws -> Store {
    guard manifest.sealed || key == nil else { throw GalleryError.notSealed(path: paths.directory) }
    return try GalleryError.translating(paths.directory) {
      var vault: KeyVault?
      if manifest.sealed {
        guard let key else { throw GalleryError.keyNeeded(path: paths.directory) }
        try paths.requireFile(paths.keys)
        vault = try KeyVault(paths.keys, manifest.gallery, master: key.load(), readOnly: readOnly)
      }
      try paths.requireFile(paths.records)
      let records = try DatabaseFile.pool(paths.records, RecordSchema.migrator, readOnly: readOnly)
      let state = try records.read { try GalleryState.read($0) }
      if let vault, try vault.lastNumber() < state.lastKey {
        throw GalleryError.keysTooOld(path: paths.keys)
      }
      return Store(
        paths: paths,
        id: manifest.gallery,
        records: records,
        vault: vault,
        readOnly: readOnly
      )
    }
  }

  /// Ends what a process that was killed had begun.
  private func recover() async throws {
    let lastKey = try await state().lastKey
    if let vault = store.vault {
      let orphans = try await blocking { [path] in
        try GalleryError.translating(path) { try vault.removeKeys(after: lastKey) }
      }
      if orphans > 0 {
        options.logger.notice("removed keys without records", metadata: ["keys": "\(orphans)"])
      }
    }
    do {
      guard try await !store.pendingErasures().isEmpty else { return }
      let receipts = try await finishErasures()
      earlierReceipts.withLock { $0 = receipts }
    } catch {
      options.logger.warning("an erasure is not finished", metadata: ["error": "\(error)"])
    }
  }
}

extension GalleryPaths {
  /// Runs `body` with a directory that gets this one's name when it returns; where it throws, nothing
  /// stays.
  ///
  /// The last that `body` writes must make the names in the directory durable.
  func make(_ body: (GalleryPaths) throws -> Void) throws {
    guard !FileManager.default.fileExists(atPath: directory) else {
      throw GalleryError.exists(path: directory)
    }
    let temporary = temporary
    try FileBytes.createDirectory(temporary.directory)
    do {
      try FileNames.restrict(temporary.directory, isDirectory: true)
      try GalleryError.translating(directory) { try body(temporary) }
      guard !FileManager.default.fileExists(atPath: directory) else {
        throw GalleryError.exists(path: directory)
      }
      try FileBytes.renameDirectory(temporary.directory, to: directory)
    } catch {
      temporary.remove()
      throw error
    }
  }

  /// Throws when a file of the gallery is missing: SQLite would make an empty one.
  func requireFile(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw FileError.notFound(path: path)
    }
  }

  /// Removes what can be removed.
  func remove() {
    let names = (try? FileBytes.names(inDirectory: directory)) ?? []
    for name in names { try? FileNames.remove(directory + "/" + name) }
    try? FileNames.removeDirectory(directory)
  }
}
