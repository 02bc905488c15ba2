import BiomatchCore
import GRDB

/// Opens the databases of a gallery the one way in which they are safe.
enum DatabaseFile {
  /// Pages of 8 KiB hold three faces of 512 values each; those of 4 KiB would hold one and waste half.
  private static let pageSize = 8192

  /// Opens a database, or creates it, and brings it to the newest version.
  ///
  /// - Parameter creates: whether there is none yet. SQLite would take a file that lost its content for a
  ///   new database, and the gallery would be empty without a word.
  /// - Throws: `DatabaseError`, ``GalleryError``.
  static func pool(
    _ path: String,
    _ migrator: DatabaseMigrator,
    readOnly: Bool,
    creates: Bool = false
  ) throws -> DatabasePool {
    let pool = try DatabasePool(path: path, configuration: configuration(readOnly: readOnly))
    if readOnly {
      try pool.read { try check($0, migrator, path: path, canMigrate: false) }
    } else {
      try harden(pool)
      if !creates { try pool.read { try check($0, migrator, path: path, canMigrate: true) } }
      try migrator.migrate(pool)
    }
    return pool
  }

  /// Opens a database that one connection reads or writes, outside a gallery's own directory.
  static func queue(_ path: String, readOnly: Bool = false) throws -> DatabaseQueue {
    try DatabaseQueue(path: path, configuration: configuration(readOnly: readOnly))
  }

  private static func configuration(readOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 8
    configuration.prepareDatabase { db in
      if !readOnly {
        try db.execute(sql: "PRAGMA page_size = \(pageSize)")
        try db.execute(sql: "PRAGMA secure_delete = ON")
      }
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
      try db.execute(sql: "PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  /// A pool sets `synchronous` to `NORMAL` after every hook of its configuration has run, and a commit
  /// that had returned could then be lost with the power: this must come last.
  private static func harden(_ pool: DatabasePool) throws {
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try db.execute(sql: "PRAGMA fullfsync = ON")
      try db.execute(sql: "PRAGMA checkpoint_fullfsync = ON")
      // SQLite would move a log into its database within the change that made it long. The store does that
      // when callers have their answers.
      try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
      try db.execute(sql: "PRAGMA cache_size = -65536")
    }
  }

  private static func check(
    _ db: Database,
    _ migrator: DatabaseMigrator,
    path: String,
    canMigrate: Bool
  ) throws {
    guard try !migrator.appliedIdentifiers(db).isEmpty else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(path) is empty")
    }
    if try migrator.hasBeenSuperseded(db) {
      throw GalleryError.version(path: path, finding: "a later program changed it")
    }
    if !canMigrate, try !migrator.hasCompletedMigrations(db) {
      throw GalleryError.version(path: path, finding: "it waits to be brought up to date")
    }
  }
}
