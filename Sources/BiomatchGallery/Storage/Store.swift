import BiomatchCore
import GRDB

/// The databases of an open gallery.
struct Store: Sendable {
  let paths: GalleryPaths
  let id: GalleryID
  let records: DatabasePool
  /// `nil` for a gallery in clear.
  let vault: KeyVault?
  let readOnly: Bool

  /// Runs `body` on one moment of the records.
  func read<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws -> Result {
    try await GalleryError.translating(paths.directory) { try await records.read(body) }
  }

  /// Runs `body` on the one connection that writes, outside a transaction.
  func write<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws -> Result {
    guard !readOnly else { throw GalleryError.readOnly(path: paths.directory) }
    return try await GalleryError.translating(paths.directory) {
      try await records.writeWithoutTransaction(body)
    }
  }

  /// Begins the logs that were emptied, so that no caller pays for it. Without it, all works the same.
  func beginLogs() async {
    try? await blocking {
      for pool in [records, vault?.pool].compactMap({ $0 }) {
        try pool.writeWithoutTransaction { try $0.beginLog() }
      }
    }
  }

  /// Closes the databases.
  func close() throws {
    try GalleryError.translating(paths.directory) {
      try records.close()
      try vault?.pool.close()
    }
  }
}
