import BiomatchCore
import BiomatchFace
import Foundation
import GRDB

/// Writes records within one transaction, and counts what it writes.
struct RecordWriter {
  let db: Database
  let gallery: GalleryID
  private(set) var state: GalleryState
  private var models: [FaceModel: ModelRow] = [:]
  private var added: [GalleryCommit.Added] = []
  private(set) var removed: [RemovedSample] = []
  private(set) var hasChanges = false

  /// The generation that the transaction makes.
  var generation: Int64 { state.generation }

  init(_ db: Database, gallery: GalleryID) throws {
    self.db = db
    self.gallery = gallery
    state = try GalleryState.read(db)
    state.generation += 1
    for row in try ModelRow.fetchAll(db) { models[row.model] = row }
  }

  /// Writes the state, and gives what the transaction did.
  mutating func finish() throws -> GalleryCommit {
    try state.write(db)
    try execute(
      """
      INSERT INTO change
      VALUES (?, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'sample'), 0))
      """,
      [state.generation]
    )
    return GalleryCommit(generation: state.generation, removed: removed, added: added)
  }

  /// Runs `body`; where it finds that it cannot be done, nothing of it stays.
  mutating func attempt(
    _ body: (inout RecordWriter) throws -> Void
  ) throws -> Result<Int64, any Error> {
    let before = self
    var result: Result<Int64, any Error> = .success(generation)
    try db.inSavepoint {
      do {
        try body(&self)
        return .commit
      } catch let error as GalleryError {
        self = before
        result = .failure(error)
        return .rollback
      }
    }
    return result
  }

  /// The transaction changes something that only its caller knows.
  mutating func noteChange() { hasChanges = true }

  // MARK: Subjects

  /// Inserts a person whom ``EnrolmentChecks`` accepted.
  mutating func insert(_ person: PreparedPerson, key: Int64?) throws {
    try execute(
      """
      INSERT INTO subject (identifier, key, category, version, changed, profile)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        person.subject.string, key, person.category?.string, Preparation.firstVersion,
        generation, person.profile,
      ]
    )
    let subject = db.lastInsertedRowID
    hasChanges = true
    state.subjects += 1
    if let key { state.lastKey = max(state.lastKey, key) }
    for (sample, content) in zip(person.samples, person.contents) {
      try insert(sample, content, of: person.subject, subject, version: Preparation.firstVersion)
    }
    try join(person.lists, subject)
  }

  /// Puts a subject on lists that exist.
  mutating func join(_ lists: Set<Label>, _ subject: Int64) throws {
    for list in lists.sorted() {
      try execute("INSERT INTO membership VALUES (?, ?)", [list.string, subject])
    }
    hasChanges = true
  }

  /// Takes a subject off all lists.
  mutating func leaveLists(_ subject: Int64) throws {
    try execute("DELETE FROM membership WHERE subject = ?", [subject])
    hasChanges = true
  }

  /// Removes a subject who has no samples any more.
  mutating func removeSubject(_ subject: Int64) throws {
    try leaveLists(subject)
    try execute("DELETE FROM subject WHERE number = ?", [subject])
    state.subjects -= 1
  }

  // MARK: Samples

  /// Inserts a sample whose reference is free.
  mutating func insert(
    _ prepared: PreparedSample,
    _ content: Data,
    of identifier: SubjectID,
    _ subject: Int64,
    version: Int64
  ) throws {
    let sample = prepared.sample
    let model = try prepared.model.map { try number(of: $0.0, dimension: $0.dimension) }
    try execute(
      """
      INSERT INTO sample (reference, subject, kind, model, version, content)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [sample.reference.string, subject, sample.kind.number, model, version, content]
    )
    let stored = StoredSample(number: db.lastInsertedRowID, subject: identifier, sample: sample)
    added.append(GalleryCommit.Added(stored: stored, template: prepared.template))
    state.count(sample.kind, by: 1)
    hasChanges = true
  }

  /// Removes a sample.
  mutating func remove(_ sample: SampleRow) throws {
    try execute("DELETE FROM sample WHERE number = ?", [sample.number])
    try execute(
      "INSERT INTO removal VALUES (?, ?, ?, ?)",
      [sample.number, generation, sample.reference.string, sample.kind.number]
    )
    removed.append(
      RemovedSample(
        number: sample.number,
        reference: sample.reference,
        kind: sample.kind,
        generation: generation
      )
    )
    state.count(sample.kind, by: -1)
    hasChanges = true
  }

  /// The dimension of a model's vectors; `nil` for one that the gallery has not seen.
  func dimension(of model: FaceModel) -> Int? { models[model]?.dimension }

  private mutating func number(of model: FaceModel, dimension: Int) throws -> Int64 {
    if let row = models[model] { return row.number }
    try execute(
      "INSERT INTO model (name, version, dimension) VALUES (?, ?, ?)",
      [model.name, model.version, dimension]
    )
    let row = ModelRow(number: db.lastInsertedRowID, model: model, dimension: dimension)
    models[model] = row
    return row.number
  }

  func execute(_ sql: String, _ arguments: StatementArguments) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
