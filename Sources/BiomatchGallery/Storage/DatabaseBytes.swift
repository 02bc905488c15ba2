import GRDB
import GRDBSQLite

/// Some pages of a database's file, as they are on the device.
struct DatabasePages {
  /// The number of the first page, from 0.
  let first: Int
  let pageSize: Int
  let bytes: [UInt8]
}

extension Database {
  /// Whether `isFound` holds for some of the file's pages, which it gets some at a time. What is in the log
  /// is not among them.
  ///
  /// The file is read by the descriptor that SQLite has. Another one, when it is closed, would give up all
  /// locks that this process has on the file ([fcntl](https://pubs.opengroup.org/onlinepubs/9799919799/functions/fcntl.html)),
  /// and a process that then closes the database as if it were the last would remove the log under us.
  ///
  /// - Complexity: O(size of the file), in little memory.
  func containsPages(where isFound: (DatabasePages) throws -> Bool) throws -> Bool {
    let pageSize = try Int.fetchOne(self, sql: "PRAGMA page_size") ?? 0
    guard pageSize > 0 else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    let file = try DatabaseBytes(self)
    let size = try file.size()
    let count = max(1, (1 << 20) / pageSize)
    for offset in stride(from: 0, to: size, by: count * pageSize) {
      let bytes = try file.read(offset..<min(offset + count * pageSize, size))
      let pages = DatabasePages(first: offset / pageSize, pageSize: pageSize, bytes: bytes)
      if try isFound(pages) { return true }
    }
    return false
  }
}

/// The file of a database's main part, by SQLite's own functions. It must not outlive the connection.
private struct DatabaseBytes {
  private let file: UnsafeMutablePointer<sqlite3_file>
  private let methods: sqlite3_io_methods

  init(_ db: Database) throws {
    var file: UnsafeMutablePointer<sqlite3_file>?
    let code = sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, &file)
    guard code == SQLITE_OK, let file, let methods = file.pointee.pMethods else {
      throw DatabaseError(resultCode: .SQLITE_CANTOPEN)
    }
    self.file = file
    self.methods = methods.pointee
  }

  func size() throws -> Int {
    var size: sqlite3_int64 = 0
    try check(methods.xFileSize(file, &size))
    return Int(size)
  }

  func read(_ range: Range<Int>) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      let code = methods.xRead(
        file,
        buffer.baseAddress,
        Int32(range.count),
        Int64(range.lowerBound)
      )
      try check(code)
      count = range.count
    }
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }
}
