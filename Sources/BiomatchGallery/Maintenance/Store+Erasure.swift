import BiomatchCore
import BiomatchCrypto
import Foundation
import GRDB

/// An erasure whose subject is out of the records; what may be left of it is not.
struct PendingErasure: Sendable {
  let subject: Int64
  let identifier: SubjectID
  let key: Int64?
  let generation: Int64
  let samples: Int64
}

extension Store {
  /// Takes subjects out of the records, all or none, each in a generation of its own, and notes that the
  /// erasures are to be finished: a process that ends from here on finishes them when it next opens the
  /// gallery.
  ///
  /// - Throws: ``GalleryError/subjectUnknown(_:)``, also for one who is named twice.
  func beginErasures(
    of subjects: [SubjectID]
  ) async throws -> [(commit: GalleryCommit, pending: PendingErasure)] {
    try await write { db in
      var begun: [(commit: GalleryCommit, pending: PendingErasure)] = []
      try db.inSettledTransaction {
        begun = try subjects.map { try beginErasure(of: $0, db) }
        return .commit
      }
      return begun
    }
  }

  private func beginErasure(
    of subject: SubjectID,
    _ db: Database
  ) throws -> (commit: GalleryCommit, pending: PendingErasure) {
    guard let row = try SubjectRow.fetch(db, subject) else {
      throw GalleryError.subjectUnknown(subject)
    }
    var writer = try RecordWriter(db, gallery: id)
    let samples = try SampleRow.fetchAll(db, of: row.number)
    for sample in samples { try writer.remove(sample) }
    try writer.removeSubject(row.number)
    let pending = PendingErasure(
      subject: row.number,
      identifier: subject,
      key: row.key,
      generation: writer.generation,
      samples: Int64(samples.count)
    )
    try writer.execute(
      "INSERT INTO erasure VALUES (?, ?, ?, ?, ?)",
      [
        pending.subject, subject.string, pending.key, pending.generation, pending.samples,
      ]
    )
    return (try writer.finish(), pending)
  }

  /// The erasures that are not finished.
  func pendingErasures() async throws -> [PendingErasure] {
    try await read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM erasure ORDER BY generation").map { row in
        PendingErasure(
          subject: try row.decode(forColumn: "subject"),
          identifier: try SubjectID(row.decode(forColumn: "identifier")),
          key: try row.decode(forColumn: "key"),
          generation: try row.decode(forColumn: "generation"),
          samples: try row.decode(forColumn: "samples")
        )
      }
    }
  }

  /// The samples that an erasure took out, as long as the log of removals has them.
  func removedSamples(of erasure: PendingErasure) async throws -> [RemovedSample] {
    try await read { db in
      try RemovedSample.fetchAll(db, "generation = ?", [erasure.generation])
    }
  }

  /// Removes the keys, and every trace of them and of the records from databases and logs.
  ///
  /// Keys first, while no reader of this process is at work: nobody reads a record whose key is gone.
  ///
  /// - Parameter erasures: at least one, in the order of their generations.
  func removeTraces(of erasures: [PendingErasure]) async throws {
    guard let last = erasures.last else { return }
    try await blocking {
      try GalleryError.translating(paths.directory) {
        let sought = try records.barrierWriteWithoutTransaction { db in
          if let vault { try removeKeys(of: erasures, from: vault) }
          let names = try names(of: erasures, db)
          try forget(erasures, last, db)
          // Pages may keep copies of rows in their unused space.
          if vault == nil { try db.execute(sql: "VACUUM") }
          try emptyLog(db, of: erasures, Self.readRecords)
          return names
        }
        // Of sealed ones nobody has the key, and only the names in them are looked for. Readers go on
        // meanwhile, and nobody writes.
        guard vault != nil else { return }
        let remains = try sought.map { sought in
          try records.read { try UnusedSpace.of($0, contains: WantedTexts(sought)) }
        }
        guard remains ?? true else { return }
        try records.barrierWriteWithoutTransaction { db in
          try db.execute(sql: "VACUUM")
          try emptyLog(db, of: erasures, Self.readRecords)
        }
      }
    }
  }

  private static let readRecords = "another process still reads older records"

  /// Removes what the log of removals says of erasures up to the last.
  private func forget(_ erasures: [PendingErasure], _ last: PendingErasure, _ db: Database) throws {
    try db.inTransaction(.immediate) {
      for erasure in erasures {
        try db.execute(
          sql: "DELETE FROM removal WHERE generation = ?",
          arguments: [erasure.generation]
        )
      }
      // Those of updates of the subjects are among the earlier ones, of which nobody asks for any but an
      // erasure that is not finished.
      try db.execute(
        sql: """
          DELETE FROM removal WHERE generation < ?
          AND generation NOT IN (SELECT generation FROM erasure)
          """,
        arguments: [last.generation]
      )
      var state = try GalleryState.read(db)
      state.removalFloor = max(state.removalFloor, last.generation)
      try state.write(db)
      return .commit
    }
  }

  /// Writing the file anew takes less time than to look for so many names.
  private static let mostNames = 1000

  /// The names of subjects who are out of the records, and of samples that were removed by then; `nil` for
  /// too many, for one that is anywhere, and where an interrupted attempt forgot some of them already.
  private func names(of erasures: [PendingErasure], _ db: Database) throws -> [[UInt8]]? {
    guard let last = erasures.last else { return [] }
    let removed = try RemovedSample.fetchAll(db, "generation <= ?", [last.generation])
    var counts: [Int64: Int64] = [:]
    for sample in removed { counts[sample.generation, default: 0] += 1 }
    guard erasures.allSatisfy({ counts[$0.generation, default: 0] == $0.samples }) else {
      return nil
    }
    let names =
      erasures.map { Array($0.identifier.string.utf8) }
      + removed.map { Array($0.reference.string.utf8) }
    return names.count <= Self.mostNames && names.allSatisfy { $0.count > 1 } ? names : nil
  }

  /// Forgets erasures of which all is done.
  func finish(_ erasures: [PendingErasure]) async throws {
    try await write { db in
      try db.inTransaction(.immediate) {
        for erasure in erasures {
          try db.execute(
            sql: "DELETE FROM erasure WHERE subject = ?",
            arguments: [erasure.subject]
          )
        }
        return .commit
      }
      // Only the identifiers, which are pseudonyms, wait for a log that somebody still reads, or that cannot
      // be emptied: the receipts are due.
      _ = try? db.emptyLog()
    }
  }

  private func removeKeys(of erasures: [PendingErasure], from vault: KeyVault) throws {
    try vault.pool.barrierWriteWithoutTransaction { db in
      // A key that an interrupted attempt deleted already cannot be looked for: then always anew.
      var (pieces, isKnown): ([[UInt8]], Bool) = ([], true)
      try db.inTransaction(.immediate) {
        for key in erasures.compactMap(\.key) {
          let bytes = try Data.fetchOne(
            db,
            sql: "SELECT wrapped FROM key WHERE number = ?",
            arguments: [key]
          )
          let found = bytes.map { KeyWrapper.pieces(of: Array($0)) } ?? []
          if found.isEmpty { isKnown = false }
          pieces += found
          try db.execute(sql: "DELETE FROM key WHERE number = ?", arguments: [key])
        }
        return .commit
      }
      try emptyLog(db, of: erasures, "another process still reads older keys")
      let texts = WantedTexts(pieces)
      guard try !isKnown || db.containsPages(where: { texts.isAny(in: $0.bytes) }) else { return }
      try db.execute(sql: "VACUUM")
      try emptyLog(db, of: erasures, "another process still reads older keys")
    }
  }

  private func emptyLog(
    _ db: Database,
    of erasures: [PendingErasure],
    _ finding: String
  ) throws {
    guard try !db.emptyLog(), let first = erasures.first else { return }
    throw GalleryError.erasurePending(first.identifier, finding: finding)
  }
}

extension RemovedSample {
  /// The removals of a condition, in the order of the numbers of the samples.
  static func fetchAll(
    _ db: Database,
    _ condition: String,
    _ arguments: StatementArguments
  ) throws -> [RemovedSample] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT sample, generation, reference, kind FROM removal WHERE \(condition) ORDER BY sample
        """
    )
    return try Row.fetchAll(statement, arguments: arguments).map { row in
      guard let kind = SampleKind(number: try row.decode(atIndex: 3)) else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a removal has no kind")
      }
      return RemovedSample(
        number: try row.decode(atIndex: 0),
        reference: try ReferenceID(row.decode(atIndex: 2)),
        kind: kind,
        generation: try row.decode(atIndex: 1)
      )
    }
  }
}
