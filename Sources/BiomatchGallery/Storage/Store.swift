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

  /// How many pages are written until a log is moved into its database: 32 MB.
  static let logPages = 4096

  /// Moves logs that are long into their databases and begins them again, so that no caller pays for it.
  /// What cannot be done now is done another time.
  ///
  /// - Parameter pages: how many pages must have been written since a log was begun; zero for logs that were
  ///   emptied.
  func tidyLogs(from pages: Int = Self.logPages) async {
    guard !readOnly else { return }
    for pool in [records, vault?.pool].compactMap({ $0 }) {
      try? await pool.writeWithoutTransaction { try $0.tidyLog(from: pages) }
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
