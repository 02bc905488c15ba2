import GRDB

/// The tables of the keys. `docs/formats/gallery.md` says what each column means.
enum KeySchema {
  /// The database's own versions, in order: a migration is never changed once it was published.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { try $0.execute(sql: version1) }
    return migrator
  }

  private static let version1 = """
    CREATE TABLE vault (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      key_check BLOB NOT NULL,
      signing_key BLOB NOT NULL,
      last INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE key (
      number INTEGER PRIMARY KEY,
      wrapped BLOB NOT NULL
    ) STRICT;
    """
}
