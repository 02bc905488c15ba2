import BiomatchCore
import GRDB

extension Gallery {
  /// Defines a list; one that is there already with the same purpose and legal basis stays.
  ///
  /// - Throws: ``GalleryError/listExists(_:)`` where those differ.
  public func define(_ list: SubjectList) async throws {
    try await change { writer in
      let found = try Row.fetchOne(
        writer.db,
        sql: "SELECT purpose, legal_basis FROM list WHERE name = ?",
        arguments: [list.name.string]
      )
      if let found {
        guard try found.decode(String.self, atIndex: 0) == list.purpose,
          try found.decode(String.self, atIndex: 1) == list.legalBasis
        else {
          throw GalleryError.listExists(list.name)
        }
        return
      }
      try writer.execute(
        "INSERT INTO list VALUES (?, ?, ?)",
        [list.name.string, list.purpose, list.legalBasis]
      )
      writer.noteChange()
    }
  }

  /// Removes a list; the subjects on it stay.
  ///
  /// - Throws: ``GalleryError/listUnknown(_:)``.
  public func removeList(_ name: Label) async throws {
    try await change { writer in
      try writer.execute("DELETE FROM membership WHERE list = ?", [name.string])
      try writer.execute("DELETE FROM list WHERE name = ?", [name.string])
      guard writer.db.changesCount > 0 else { throw GalleryError.listUnknown(name) }
      writer.noteChange()
    }
  }

  /// Changes something in a transaction of its own.
  private func change(
    _ body: @escaping @Sendable (inout RecordWriter) throws -> Void
  ) async throws {
    try requireWriter()
    try await committer.exclusively { [self] in
      let commit = try await store.write { [id] db in
        var commit: GalleryCommit?
        try db.inSettledTransaction {
          var writer = try RecordWriter(db, gallery: id)
          try body(&writer)
          guard writer.hasChanges else { return .rollback }
          commit = try writer.finish()
          return .commit
        }
        return commit
      }
      if let commit { await announce(commit) }
    }
  }
}
