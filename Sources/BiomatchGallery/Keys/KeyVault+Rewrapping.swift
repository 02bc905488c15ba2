import BiomatchCore
import BiomatchCrypto
import Foundation
import GRDB

extension KeyVault {
  /// Puts every key under another master key, all of them or none, also when the process ends half way.
  ///
  /// What was wrapped under the old one is then gone from the database.
  ///
  /// - Returns: `false` when the new key is in force and the files still have what the old one wrapped:
  ///   another reader needs the log, or there is no room to write the file anew.
  func rotate(to master: borrowing SecretBytes) throws -> Bool {
    let key = SubjectKey(try MasterKey.wrappingKey(from: master, gallery: gallery))
    return try pool.barrierWriteWithoutTransaction { db in
      var old = try wrapper()
      try db.inTransaction(.immediate) {
        try Self.rewrap(db, from: &old, to: key, gallery)
        return .commit
      }
      replaceWrappingKey(key)
      // Pages may keep copies of rows in their unused space; new pages have none. The new key is in force
      // also where there is no room for them.
      do { try db.execute(sql: "VACUUM") } catch { return false }
      return try db.emptyLog()
    }
  }

  /// Writes all keys, under another master key, into a file of its own.
  func export(to path: String, under master: borrowing SecretBytes) throws {
    let key = SubjectKey(try MasterKey.wrappingKey(from: master, gallery: gallery))
    let copy = try DatabaseFile.queue(path)
    try pool.backup(to: copy)
    try copy.writeWithoutTransaction { db in
      var old = try wrapper()
      try db.inTransaction(.immediate) {
        try Self.rewrap(db, from: &old, to: key, gallery)
        return .commit
      }
      try db.makePortable()
    }
    try copy.close()
  }

  private static func rewrap(
    _ db: Database,
    from old: inout KeyWrapper,
    to key: SubjectKey,
    _ gallery: GalleryID
  ) throws {
    var new = try KeyWrapper(wrappingKey: key.bytes, gallery: gallery)
    let next = try db.makeStatement(
      sql: "SELECT number, wrapped FROM key WHERE number > ? ORDER BY number LIMIT 1000"
    )
    let update = try db.makeStatement(sql: "UPDATE key SET wrapped = ? WHERE number = ?")
    var last: Int64 = 0
    while case let rows = try Row.fetchAll(next, arguments: [last]), !rows.isEmpty {
      for row in rows {
        let number: Int64 = try row.decode(atIndex: 0)
        let opened = try old.unwrap(row.decode(atIndex: 1), number: number)
        try update.execute(arguments: [new.wrap(opened, number: number), number])
        last = number
      }
    }
    guard let signing = try Data.fetchOne(db, sql: "SELECT signing_key FROM vault") else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the vault is empty")
    }
    try db.execute(
      sql: "UPDATE vault SET key_check = ?, signing_key = ?",
      arguments: [
        Data(MasterKey.check(of: key.bytes, gallery: gallery)),
        new.wrapSigningKey(old.unwrapSigningKey(signing)),
      ]
    )
  }
}

extension Database {
  /// Leaves one file without a log, without unused pages.
  func makePortable() throws {
    try execute(sql: "PRAGMA journal_mode = DELETE")
    try execute(sql: "VACUUM")
  }
}
