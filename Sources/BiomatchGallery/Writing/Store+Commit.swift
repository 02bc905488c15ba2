import BiomatchCore
import GRDB

/// What became of a group of changes.
struct CommittedGroup: Sendable {
  /// For each change its generation, or why it was not written.
  var results: [Result<Int64, any Error>]
  /// What the observer is told; `nil` when nothing was written.
  var commit: GalleryCommit?
}

extension Store {
  /// Writes a group of changes in one transaction. A change that cannot be written does not keep the
  /// others from it, and leaves nothing behind.
  ///
  /// Keys come first, in a database of their own: a key without records does no harm, and is removed
  /// when the gallery is next opened.
  func commit(_ changes: [PreparedChange]) async throws -> CommittedGroup {
    try await write { db in
      var checks = try EnrolmentChecks(db)
      var results = changes.map { _ in Result<Int64, any Error>.success(0) }
      var accepted: [(index: Int, person: PreparedPerson)] = []
      for (index, change) in changes.enumerated() {
        guard case .enrol(let person) = change else { continue }
        do {
          try checks.accept(person)
          accepted.append((index, person))
        } catch let error as GalleryError {
          results[index] = .failure(error)
        }
      }
      let keys = accepted.compactMap(\.person.key)
      let numbers =
        try vault?.add(keys, after: GalleryState.read(db).lastKey) { try db.beginLog() } ?? []
      do {
        return try write(changes, accepted, keys: numbers, results, db)
      } catch {
        // Where only the flush failed, the log has all of the records, and a crash would bring them back:
        // first something else is written over them, then the keys go. Those that stay after a failure here
        // are removed with the next that are added, or when the gallery is next opened.
        if (try? db.beginLog()) != nil, !numbers.isEmpty { try? vault?.remove(numbers) }
        throw error
      }
    }
  }

  private func write(
    _ changes: [PreparedChange],
    _ accepted: [(index: Int, person: PreparedPerson)],
    keys: [Int64],
    _ checked: [Result<Int64, any Error>],
    _ db: Database
  ) throws -> CommittedGroup {
    var group = CommittedGroup(results: checked)
    try db.inTransaction(.immediate) {
      var writer = try RecordWriter(db, gallery: id)
      for (place, (index, person)) in accepted.enumerated() {
        try writer.insert(person, key: keys.isEmpty ? nil : keys[place])
        group.results[index] = .success(writer.generation)
      }
      // After the people: their references were checked against what was there before.
      for (index, change) in changes.enumerated() {
        guard case .update(let update) = change else { continue }
        group.results[index] = try writer.attempt { writer throws in
          try writer.update(update, vault)
        }
      }
      guard writer.hasChanges else { return .rollback }
      group.commit = try writer.finish()
      return .commit
    }
    return group
  }
}
