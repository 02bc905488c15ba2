import BiomatchCore
import GRDB

/// What was put together from a backup.
public struct RestoreReport: Sendable, Hashable, Codable {
  /// How many subjects of the backup were erased after it was made, and are therefore not restored.
  public var erasedSince: Int
  /// How many keys belong to nobody in the backup; they are not restored.
  public var unusedKeys: Int
}

extension Gallery {
  /// Copies one moment of the records into a new directory, while readers and the writer go on.
  ///
  /// The keys are not in it: for sealed records, ``exportKeys(to:under:)`` makes the other half of a
  /// backup. Make that after this, and keep both apart.
  ///
  /// - Throws: ``GalleryError/exists(path:)``.
  public func backup(to path: String) async throws {
    try await blocking { [store] in
      try GalleryPaths(path).make { paths in
        try Self.copy(store.records, to: paths.records)
        try FileNames.restrict(paths.records)
        try GalleryManifest(gallery: store.id, sealed: store.vault != nil).write(paths.manifest)
      }
    }
  }

  /// Makes a gallery of a backup in a new directory.
  ///
  /// Subjects who were erased between the backup and the export of the keys are left out.
  ///
  /// - Parameters:
  ///   - backup: the directory that ``backup(to:)`` wrote.
  ///   - keys: the file that ``exportKeys(to:under:)`` wrote, and its key; `nil` for a gallery in clear.
  ///   - key: the key of the new gallery; `nil` for that of the export.
  /// - Throws: ``GalleryError/keysTooOld(path:)`` when the keys are of before the backup.
  public static func restore(
    from backup: String,
    keys: (path: String, source: KeySource)? = nil,
    to path: String,
    key: KeySource? = nil
  ) async throws -> RestoreReport {
    try await blocking {
      let source = GalleryPaths(backup)
      let manifest = try GalleryManifest.read(source)
      guard manifest.sealed == (keys != nil) else {
        throw manifest.sealed
          ? GalleryError.keyNeeded(path: backup) : GalleryError.notSealed(path: backup)
      }
      var report = RestoreReport(erasedSince: 0, unusedKeys: 0)
      try GalleryPaths(path).make { paths in
        try copy(source.records, to: paths.records)
        try FileNames.restrict(paths.records)
        if let keys {
          try copy(keys.path, to: paths.keys)
          try FileNames.restrict(paths.keys)
        }
        report = try join(paths, manifest, keys, key)
        try manifest.write(paths.manifest)
      }
      return report
    }
  }

  /// Brings records and keys of different moments together.
  private static func join(
    _ paths: GalleryPaths,
    _ manifest: GalleryManifest,
    _ keys: (path: String, source: KeySource)?,
    _ newKey: KeySource?
  ) throws -> RestoreReport {
    let records = try DatabaseFile.pool(paths.records, RecordSchema.migrator, readOnly: false)
    defer { try? records.close() }
    guard let keys else { return RestoreReport(erasedSince: 0, unusedKeys: 0) }
    let vault = try KeyVault(
      paths.keys,
      manifest.gallery,
      master: keys.source.load(),
      readOnly: false
    )
    defer { try? vault.pool.close() }
    let state = try records.read { try GalleryState.read($0) }
    guard try vault.lastNumber() >= state.lastKey else {
      throw GalleryError.keysTooOld(path: keys.path)
    }
    let report = try RestoreReport(
      erasedSince: removeErased(records, vault, manifest.gallery),
      unusedKeys: vault.removeKeys(after: state.lastKey)
    )
    if let newKey { _ = try vault.rotate(to: newKey.load()) }
    return report
  }

  /// Removes the subjects whose key is gone.
  private static func removeErased(
    _ records: DatabasePool,
    _ vault: KeyVault,
    _ gallery: GalleryID
  ) throws -> Int {
    let known = Set(try vault.pool.read { try Int64.fetchAll($0, sql: "SELECT number FROM key") })
    return try records.write { db in
      let rows = try Row.fetchAll(db, sql: "SELECT number, key FROM subject")
      let erased = try rows.filter { row in
        !known.contains(try row.decode(atIndex: 1))
      }
      guard !erased.isEmpty else { return 0 }
      var writer = try RecordWriter(db, gallery: gallery)
      for row in erased {
        let subject = try row.decode(Int64.self, atIndex: 0)
        for sample in try SampleRow.fetchAll(db, of: subject) { try writer.remove(sample) }
        try writer.removeSubject(subject)
      }
      _ = try writer.finish()
      return erased.count
    }
  }

  private static func copy(_ path: String, to target: String) throws {
    let source = try DatabaseFile.queue(path, readOnly: true)
    defer { try? source.close() }
    try copy(source, to: target)
  }

  private static func copy(_ source: some DatabaseReader, to target: String) throws {
    let queue = try DatabaseFile.queue(target)
    try source.backup(to: queue)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = DELETE")
    }
    try queue.close()
  }
}
