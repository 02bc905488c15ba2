import BiomatchCore
import BiomatchFace
import GRDB

/// What is missing in each index to be of one generation of the gallery.
struct IndexPlan: Sendable {
  /// What is missing in one index.
  enum Step: Sendable {
    /// These samples are to be removed, then those after a number added.
    case changes(removed: [ReferenceID], after: Int64)
    /// That is not known any more.
    case unknown
  }

  /// The generation.
  let position: IndexPosition
  /// How many samples it has.
  let counts: [SampleKind: Int64]
  /// A step for each index that there is to be.
  let steps: [IndexName: Step]
}

extension Store {
  /// What is missing in indexes that have the samples up to those positions.
  func indexPlan(_ positions: [IndexName: IndexPosition]) async throws -> IndexPlan {
    try await read { db in
      let snapshot = GallerySnapshot(db: db, store: self)
      let state = try snapshot.state()
      let last = try snapshot.lastSample(state.generation)
      var steps: [IndexName: IndexPlan.Step] = [:]
      for name in try self.indexNames(db) {
        steps[name] =
          try positions[name].map { try self.step(name, from: $0, snapshot) }
          ?? .changes(removed: [], after: 0)
      }
      return IndexPlan(
        position: IndexPosition(generation: state.generation, lastSample: last),
        counts: [.finger: state.fingers, .face: state.faces],
        steps: steps
      )
    }
  }

  /// The indexes that there are to be.
  func indexNames() async throws -> [IndexName] { try await read { try self.indexNames($0) } }

  private func indexNames(_ db: Database) throws -> [IndexName] {
    [.fingers] + (try ModelRow.fetchAll(db)).map { .faces($0) }
  }

  private func step(
    _ name: IndexName,
    from position: IndexPosition,
    _ snapshot: GallerySnapshot
  ) throws -> IndexPlan.Step {
    guard let changes = try snapshot.changes(since: position.generation),
      changes.afterSample == position.lastSample
    else { return .unknown }
    let removed = changes.removed.filter { $0.kind == name.kind }.map(\.reference)
    return .changes(removed: removed, after: changes.afterSample)
  }
}
