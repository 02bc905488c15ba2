import BiomatchCore
import GRDB

/// How the database under a gallery failed.
public enum StorageFailure: Sendable, Hashable {
  /// The device or the quota is full.
  case full
  /// The files or their device may not be written to.
  case readOnly
  /// The files may not be opened.
  case cannotOpen
  /// A file is no database, or its content contradicts itself.
  case corrupt
  /// Another process holds the database.
  case busy
  /// The gallery was closed before the call or during it.
  case closed
  /// Reading or writing the device failed.
  case inputOutput(String)
  /// Another failure, in SQLite's words.
  case other(String)

  init(_ error: DatabaseError) {
    switch error.extendedResultCode {
    // The index of a log, which is a file, too, could not grow.
    case .SQLITE_IOERR_SHMSIZE:
      self = .full
      return
    default: break
    }
    switch error.resultCode {
    case .SQLITE_FULL: self = .full
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .readOnly
    case .SQLITE_CANTOPEN: self = .cannotOpen
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_CONSTRAINT: self = .corrupt
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: self = .busy
    // What SQLite says to a connection that is not there any more.
    case .SQLITE_MISUSE: self = .closed
    case .SQLITE_IOERR: self = .inputOutput(error.message ?? "error \(error.extendedResultCode)")
    default: self = .other(error.message ?? "error \(error.extendedResultCode)")
    }
  }

  var label: String {
    switch self {
    case .full: "full"
    case .readOnly: "read-only"
    case .cannotOpen: "cannot-open"
    case .corrupt: "corrupt"
    case .busy: "busy"
    case .closed: "closed"
    case .inputOutput: "input-output"
    case .other: "other"
    }
  }

  var rule: String {
    switch self {
    case .full: "there is no space for the change"
    case .readOnly: "the gallery's files must be writable"
    case .cannotOpen: "the gallery's files cannot be opened"
    case .corrupt: "the database is damaged"
    case .busy: "another process holds the database"
    case .closed: "the gallery was closed"
    case .inputOutput(let reason): "reading or writing the device failed (\(reason))"
    case .other(let reason): "SQLite failed (\(reason))"
    }
  }

  var remedy: String {
    switch self {
    case .full: "free space; what had not returned is not enrolled"
    case .readOnly, .cannotOpen: "change the modes of the directory and its files"
    case .corrupt: "verify the gallery's integrity, and restore it from a backup"
    case .busy: "try again when other programs have closed it"
    case .closed: "open the gallery again, and close it when the last call has returned"
    case .inputOutput: "check the device, then verify the gallery's integrity"
    case .other: "report this together with the call that led to it"
    }
  }

  var category: ErrorCategory {
    switch self {
    case .full, .busy, .inputOutput: .inputOutput
    case .readOnly, .cannotOpen: .notPermitted
    case .corrupt: .badData
    case .closed, .other: .software
    }
  }
}

extension GalleryError {
  /// Runs `body` and gives errors of the database below `path` as ours.
  static func translating<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw GalleryError.storage(path: path, StorageFailure(error))
    } catch is RowDecodingError {
      // Damage changed the type of a value; SQLite looks at types only when it writes them.
      throw GalleryError.storage(path: path, .corrupt)
    }
  }

  /// Runs `body` and gives errors of the database below `path` as ours.
  static func translating<Result: Sendable>(
    _ path: String,
    _ body: @Sendable () async throws -> Result
  ) async throws -> Result {
    do {
      return try await body()
    } catch let error as DatabaseError {
      throw GalleryError.storage(path: path, StorageFailure(error))
    } catch is RowDecodingError {
      // Damage changed the type of a value; SQLite looks at types only when it writes them.
      throw GalleryError.storage(path: path, .corrupt)
    }
  }
}
