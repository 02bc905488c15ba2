import GRDB

/// The tables of the records. `docs/formats/gallery.md` says what each column means.
enum RecordSchema {
  /// A gallery's own versions, in order: a migration is never changed once it was published.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { try $0.execute(sql: version1) }
    return migrator
  }

  // Strict tables hold no value of another type, which no statement here would know how to read.
  private static let version1 = """
    CREATE TABLE state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      generation INTEGER NOT NULL,
      removal_floor INTEGER NOT NULL,
      last_key INTEGER NOT NULL,
      subjects INTEGER NOT NULL,
      fingers INTEGER NOT NULL,
      faces INTEGER NOT NULL
    ) STRICT;
    INSERT INTO state VALUES (1, 0, 0, 0, 0, 0, 0);
    CREATE TABLE subject (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      identifier TEXT NOT NULL UNIQUE,
      key INTEGER UNIQUE,
      category TEXT,
      version INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      profile BLOB NOT NULL
    ) STRICT;
    CREATE TABLE model (
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      version TEXT NOT NULL,
      dimension INTEGER NOT NULL,
      UNIQUE (name, version)
    ) STRICT;
    CREATE TABLE sample (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      reference TEXT NOT NULL UNIQUE,
      subject INTEGER NOT NULL REFERENCES subject (number),
      kind INTEGER NOT NULL,
      model INTEGER REFERENCES model (number),
      version INTEGER NOT NULL,
      content BLOB NOT NULL
    ) STRICT;
    CREATE INDEX sample_subject ON sample (subject);
    CREATE TABLE list (
      name TEXT PRIMARY KEY NOT NULL,
      purpose TEXT NOT NULL,
      legal_basis TEXT NOT NULL
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE membership (
      list TEXT NOT NULL REFERENCES list (name),
      subject INTEGER NOT NULL REFERENCES subject (number),
      PRIMARY KEY (list, subject)
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX membership_subject ON membership (subject);
    CREATE TABLE change (
      generation INTEGER PRIMARY KEY,
      last_sample INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE removal (
      sample INTEGER PRIMARY KEY,
      generation INTEGER NOT NULL,
      reference TEXT NOT NULL,
      kind INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX removal_generation ON removal (generation);
    CREATE TABLE erasure (
      subject INTEGER PRIMARY KEY,
      identifier TEXT NOT NULL,
      key INTEGER,
      generation INTEGER NOT NULL,
      samples INTEGER NOT NULL
    ) STRICT;
    """
}
