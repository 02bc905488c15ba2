import GRDB
import GRDBSQLite

extension Database {
  /// Begins a log that was emptied, so that the next commit need not: it would cost a flush more.
  func beginLog() throws {
    // Writes the first page, as it is: `user_version` is 0 in every database of a gallery.
    try execute(sql: "PRAGMA user_version = 0")
  }

  /// Runs `body` in a transaction that does not come back once it has failed.
  ///
  /// Where only its flush fails, the log has all of it, and whoever next opens the database after a crash
  /// would find it whole: something else is written over it.
  func inSettledTransaction(_ body: () throws -> TransactionCompletion) throws {
    do { try inTransaction(.immediate, body) } catch let error as DatabaseError {
      try? beginLog()
      throw error
    }
  }

  /// Moves everything from the log into the database and leaves an empty log.
  ///
  /// - Returns: `false` when another reader still needs the log.
  func emptyLog() throws -> Bool {
    do {
      try checkpoint(.truncate)
      return true
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      return false
    }
  }

  /// Moves what readers allow from the log into the database, and begins the log again if that was all of it.
  /// Nobody is waited for.
  ///
  /// - Parameter pages: how many pages this connection must have written since the log was last begun.
  func tidyLog(from pages: Int) throws {
    guard let written = pagesWritten(), written >= pages else { return }
    let log = try checkpoint(.passive)
    guard log.checkpointedFrameCount == log.walFrameCount else { return }
    try beginLog()
    _ = pagesWritten(startsAgain: true)
  }

  /// How many pages this connection has written since it last started to count; `nil` when it is closed.
  private func pagesWritten(startsAgain: Bool = false) -> Int? {
    guard let connection = sqliteConnection else { return nil }
    var (count, highest): (Int32, Int32) = (0, 0)
    let reset: Int32 = startsAgain ? 1 : 0
    sqlite3_db_status(connection, SQLITE_DBSTATUS_CACHE_WRITE, &count, &highest, reset)
    return Int(count)
  }
}
