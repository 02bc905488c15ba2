import BiomatchCore
import BiomatchCrypto
import Foundation
import GRDB
import Synchronization

/// The key database: the subjects' keys under numbers, wrapped.
///
/// Numbers are given out once; the database knows the last one, so that none comes back after its key is
/// gone.
final class KeyVault: Sendable {
  let pool: DatabasePool
  let gallery: GalleryID
  private let wrappingKey: Mutex<SubjectKey>

  /// Creates a key database under a master key.
  static func create(_ path: String, _ gallery: GalleryID, master: borrowing SecretBytes) throws {
    let wrappingKey = try MasterKey.wrappingKey(from: master, gallery: gallery)
    let signingKey = try Ed25519.PrivateKey.generate().rawKey()
    var wrapper = try KeyWrapper(wrappingKey: wrappingKey, gallery: gallery)
    let wrapped = try wrapper.wrapSigningKey(signingKey)
    let check = Data(try MasterKey.check(of: wrappingKey, gallery: gallery))
    let pool = try DatabaseFile.pool(path, KeySchema.migrator, readOnly: false, creates: true)
    try FileNames.restrict(path)
    try pool.write { db in
      try db.execute(sql: "INSERT INTO vault VALUES (1, ?, ?, 0)", arguments: [check, wrapped])
    }
    try pool.close()
  }

  /// Opens a key database.
  ///
  /// - Throws: ``GalleryError/wrongKey(path:)`` for another master key than its own.
  init(
    _ path: String,
    _ gallery: GalleryID,
    master: borrowing SecretBytes,
    readOnly: Bool
  ) throws {
    let wrappingKey = try MasterKey.wrappingKey(from: master, gallery: gallery)
    let check = try MasterKey.check(of: wrappingKey, gallery: gallery)
    pool = try DatabaseFile.pool(path, KeySchema.migrator, readOnly: readOnly)
    let found = try pool.read { try Data.fetchOne($0, sql: "SELECT key_check FROM vault") }
    guard let found, ConstantTime.equal(Array(found), check) else {
      throw GalleryError.wrongKey(path: path)
    }
    self.gallery = gallery
    self.wrappingKey = Mutex(SubjectKey(wrappingKey))
  }

  /// The key that wraps, as it is now.
  func wrapper() throws -> KeyWrapper {
    let key = wrappingKey.withLock { $0 }
    return try KeyWrapper(wrappingKey: key.bytes, gallery: gallery)
  }

  /// Calls `body` with the key that wraps, as it is now.
  func withWrappingKey<Result>(_ body: (borrowing SecretBytes) throws -> Result) throws -> Result {
    let key = wrappingKey.withLock { $0 }
    return try body(key.bytes)
  }

  /// Puts another wrapping key in the place of the old one, after the database has it.
  func replaceWrappingKey(_ key: SubjectKey) { wrappingKey.withLock { $0 = key } }

  // MARK: Keys

  /// Stores new keys durably and gives their numbers, one after the other.
  ///
  /// - Parameters:
  ///   - number: the last one that a record has or had. Greater ones are of people whose enrolment failed,
  ///     and go: a later enrolment would hide them from the next opening.
  ///   - settle: called before such keys go; makes sure that no crash brings their records back.
  func add(
    _ keys: [SubjectKey],
    after number: Int64,
    settle: () throws -> Void
  ) throws -> [Int64] {
    guard !keys.isEmpty else { return [] }
    return try pool.write { db in
      var wrapper = try wrapper()
      let last = try Int64.fetchOne(db, sql: "SELECT last FROM vault") ?? 0
      let greatest = try Int64.fetchOne(db, sql: "SELECT max(number) FROM key") ?? 0
      if greatest > number {
        try settle()
        try db.execute(sql: "DELETE FROM key WHERE number > ?", arguments: [number])
      }
      let insert = try db.cachedStatement(sql: "INSERT INTO key VALUES (?, ?)")
      var numbers: [Int64] = []
      for (index, key) in keys.enumerated() {
        let number = last + 1 + Int64(index)
        try insert.execute(arguments: [number, wrapper.wrap(key, number: number)])
        numbers.append(number)
      }
      try db.execute(sql: "UPDATE vault SET last = ?", arguments: [last + Int64(keys.count)])
      return numbers
    }
  }

  /// Removes keys durably.
  func remove(_ numbers: [Int64]) throws {
    try pool.write { db in
      let delete = try db.cachedStatement(sql: "DELETE FROM key WHERE number = ?")
      for number in numbers { try delete.execute(arguments: [number]) }
    }
  }

  /// Removes the keys that no record ever came to: those after the last one that records have.
  func removeKeys(after number: Int64) throws -> Int {
    try pool.write { db in
      try db.execute(sql: "DELETE FROM key WHERE number > ?", arguments: [number])
      return db.changesCount
    }
  }

  /// The last number that was ever given out.
  func lastNumber() throws -> Int64 {
    try pool.read { try Int64.fetchOne($0, sql: "SELECT last FROM vault") ?? 0 }
  }

  /// Calls `body` with a reader of keys, all of one moment.
  func read<Result>(_ body: (inout KeyReader) throws -> Result) throws -> Result {
    try pool.read { db in
      var reader = KeyReader(db: db, wrapper: try wrapper())
      return try body(&reader)
    }
  }

  /// The key that signs receipts.
  func signingKey() throws -> Ed25519.PrivateKey {
    let wrapped = try pool.read { try Data.fetchOne($0, sql: "SELECT signing_key FROM vault") }
    guard let wrapped else { throw GalleryError.wrongKey(path: pool.path) }
    var wrapper = try wrapper()
    return try Ed25519.PrivateKey(rawKey: wrapper.unwrapSigningKey(wrapped))
  }
}

/// Reads keys from one moment of the key database.
struct KeyReader: ~Copyable {
  private let db: Database
  private var wrapper: KeyWrapper

  init(db: Database, wrapper: consuming KeyWrapper) {
    self.db = db
    self.wrapper = wrapper
  }

  /// The key of that number, which is the subject's.
  mutating func key(_ number: Int64?, of subject: SubjectID) throws -> SubjectKey {
    let statement = try db.cachedStatement(sql: "SELECT wrapped FROM key WHERE number = ?")
    guard let number, let wrapped = try Data.fetchOne(statement, arguments: [number]) else {
      throw GalleryError.keyMissing(subject)
    }
    do throws(CryptoError) {
      return try wrapper.unwrap(wrapped, number: number)
    } catch {
      throw GalleryError.unreadable(subject: subject, reference: nil)
    }
  }
}
