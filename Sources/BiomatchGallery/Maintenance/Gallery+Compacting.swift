import BiomatchCore
import GRDB

extension Gallery {
  /// Rewrites the databases without unused space, removes keys that belong to nobody, and empties the
  /// logs. Needs as much free space as the gallery takes.
  ///
  /// - Throws: ``GalleryError/remains(path:)`` when all is done but a reader still needs a log.
  public func compact() async throws {
    try requireWriter()
    try await committer.exclusively { [store] in
      try await blocking {
        try GalleryError.translating(store.paths.directory) {
          if let vault = store.vault { try vault.removeUnused(by: store.records) }
          let pools = [store.records, store.vault?.pool].compactMap { $0 }
          var isDone = true
          for pool in pools {
            try pool.barrierWriteWithoutTransaction { db in
              try db.execute(sql: "VACUUM")
              if try !db.emptyLog() { isDone = false }
            }
          }
          guard isDone else { throw GalleryError.remains(path: store.paths.directory) }
        }
      }
      await store.tidyLogs(from: 0)
    }
  }
}

extension KeyVault {
  /// Removes the keys that no subject and no erasure that goes on has.
  func removeUnused(by records: DatabasePool) throws {
    let used = try records.read { db in
      Set(
        try Int64.fetchAll(
          db,
          sql: """
            SELECT key FROM subject WHERE key IS NOT NULL
            UNION ALL SELECT key FROM erasure WHERE key IS NOT NULL
            """
        )
      )
    }
    let all = try pool.read { try Int64.fetchAll($0, sql: "SELECT number FROM key") }
    try remove(all.filter { !used.contains($0) })
  }
}
