import BiomatchCore
import BiomatchCrypto
import BiomatchFace
import BiomatchFingerprint
import Foundation
import GRDB

extension Gallery {
  /// Checks everything: the databases, their relations and counts, and that every key, profile and
  /// sample opens and decodes. All of it is of one moment; it reads the whole gallery.
  public func verifyIntegrity() async throws -> IntegrityReport {
    try await blocking { [store] in
      try GalleryError.translating(store.paths.directory) {
        try store.records.read { db in
          var check = IntegrityCheck(store, db, try GalleryState.read(db))
          return try check.run()
        }
      }
    }
  }
}

/// A check of one moment of a gallery.
private struct IntegrityCheck {
  private let store: Store
  private let db: Database
  private let state: GalleryState
  private var report: IntegrityReport
  private var keys: Set<Int64> = []

  init(_ store: Store, _ db: Database, _ state: GalleryState) {
    self.store = store
    self.db = db
    self.state = state
    report = IntegrityReport(generation: state.generation)
  }

  mutating func run() throws -> IntegrityReport {
    try checkDatabase(db, "records")
    try store.vault?.pool.read { try checkDatabase($0, "keys") }
    if let vault = store.vault {
      try vault.read { keys in
        try checkSubjects { row throws in try keys.key(row.key, of: row.identifier) }
      }
      try checkUnusedKeys(vault)
    } else {
      try checkSubjects { _ in nil }
    }
    checkCounts()
    return report
  }

  // MARK: Databases

  private mutating func checkDatabase(_ db: Database, _ name: String) throws {
    for text in try String.fetchAll(db, sql: "PRAGMA integrity_check(100)") where text != "ok" {
      report.add(.database, nil, nil, "\(name): \(text)")
    }
    for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
      let table: String = try row.decode(atIndex: 0)
      report.add(.relation, nil, nil, "\(name): a row of \(table) refers to none")
    }
  }

  private mutating func checkCounts() {
    let pairs = [
      ("subjects", state.subjects, report.subjects), ("fingers", state.fingers, report.fingers),
      ("faces", state.faces, report.faces),
    ]
    for (name, counted, found) in pairs where counted != found {
      report.add(.count, nil, nil, "\(counted) \(name) are counted, and \(found) are there")
    }
  }

  private mutating func checkUnusedKeys(_ vault: KeyVault) throws {
    let erasing = try Int64.fetchAll(db, sql: "SELECT key FROM erasure WHERE key IS NOT NULL")
    keys.formUnion(erasing)
    // Keys of people who are being enrolled have greater numbers.
    let found = try vault.pool.read { keys in
      try Int64.fetchAll(
        keys,
        sql: "SELECT number FROM key WHERE number <= ? ORDER BY number",
        arguments: [state.lastKey]
      )
    }
    for number in found where !keys.contains(number) {
      report.add(.keyUnused, nil, nil, "key \(number) belongs to no subject")
    }
  }

  // MARK: Subjects

  private mutating func checkSubjects(
    _ key: (SubjectRow) throws -> SubjectKey?
  ) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT \(SubjectRow.columns) FROM subject")
    while let row = try rows.next() {
      let subject = try SubjectRow(row)
      report.subjects += 1
      if let number = subject.key { keys.insert(number) }
      do {
        try check(subject, try key(subject))
      } catch GalleryError.keyMissing {
        report.add(.keyMissing, subject.identifier, nil, "the subject's key is missing")
        try countSamples(of: subject)
      } catch GalleryError.unreadable {
        report.add(.keyUnreadable, subject.identifier, nil, "the subject's key does not open")
        try countSamples(of: subject)
      }
    }
  }

  private mutating func check(_ row: SubjectRow, _ key: SubjectKey?) throws {
    let subject = row.identifier
    var sealer = try RecordSealer(key, subject: subject, gallery: store.id)
    do {
      _ = try ProfileCoding.decode(try sealer.open(profile: row.profile, version: row.version))
    } catch {
      report.add(.profile, subject, nil, "what is known of the subject is not what was written")
    }
    for sample in try SampleRow.fetchAll(db, of: row.number) {
      count(sample.kind)
      do {
        let opened = try sealer.sample(sample, of: subject)
        // Its record was decoded leniently, where that was asked for, when it was enrolled.
        let preparation = Preparation(gallery: store.id, isSealed: false, strictness: .lenient)
        _ = try preparation.prepare(PersonChanges(added: [opened]), of: subject)
      } catch {
        report.add(.sample, subject, sample.reference, "the sample is not what was written")
      }
    }
  }

  private mutating func countSamples(of row: SubjectRow) throws {
    for sample in try SampleRow.fetchAll(db, of: row.number) { count(sample.kind) }
  }

  private mutating func count(_ kind: SampleKind) {
    switch kind {
    case .finger: report.fingers += 1
    case .face: report.faces += 1
    }
  }
}
