import BiomatchCore
import GRDB

/// One moment of a gallery. What is written meanwhile does not show, and does not wait.
///
/// It lives within the call of ``Gallery/read(_:)`` that gave it.
public struct GallerySnapshot {
  let db: Database
  let store: Store

  /// What the gallery holds.
  public func state() throws -> GalleryState { try GalleryState.read(db) }

  /// Whether the subject is enrolled.
  public func contains(_ subject: SubjectID) throws -> Bool {
    try SubjectRow.fetch(db, subject) != nil
  }

  /// Everything of a subject; `nil` for one that is not enrolled.
  ///
  /// - Throws: ``GalleryError/unreadable(subject:reference:)`` when something was changed behind the
  ///   gallery's back.
  public func person(_ subject: SubjectID) throws -> Person? {
    guard let row = try SubjectRow.fetch(db, subject) else { return nil }
    let key = try store.vault?.read { try $0.key(row.key, of: subject) }
    var sealer = try RecordSealer(key, subject: subject, gallery: store.id)
    return try person(row, &sealer)
  }

  func person(_ row: SubjectRow, _ sealer: inout RecordSealer) throws -> Person {
    let profile = try sealer.open(profile: row.profile, version: row.version)
    let (demographics, fingers) = try GalleryError.reading(row.identifier, nil) {
      try ProfileCoding.decode(profile)
    }
    var samples: [Sample] = []
    for sample in try SampleRow.fetchAll(db, of: row.number) {
      samples.append(try sealer.sample(sample, of: row.identifier))
    }
    return Person(
      subject: row.identifier,
      category: row.category,
      lists: try lists(of: row.number),
      demographics: demographics,
      fingers: fingers,
      samples: samples
    )
  }

  /// The subjects after another in the order of their identifiers, at most `limit`.
  public func subjects(after subject: SubjectID? = nil, limit: Int = 1000) throws -> [SubjectID] {
    try String.fetchAll(
      db,
      sql: "SELECT identifier FROM subject WHERE identifier > ? ORDER BY identifier LIMIT ?",
      arguments: [subject?.string ?? "", limit]
    ).map { try SubjectID($0) }
  }

  // MARK: Lists

  /// The lists, in the order of their names.
  public func lists() throws -> [SubjectList] {
    try Row.fetchAll(db, sql: "SELECT name, purpose, legal_basis FROM list ORDER BY name").map {
      SubjectList(
        name: try Label($0.decode(atIndex: 0)),
        purpose: try $0.decode(atIndex: 1),
        legalBasis: try $0.decode(atIndex: 2)
      )
    }
  }

  /// The subjects on a list, in the order in which they were enrolled.
  public func subjects(on list: Label) throws -> [SubjectID] {
    try String.fetchAll(
      db,
      sql: """
        SELECT identifier FROM membership JOIN subject ON subject.number = membership.subject
        WHERE list = ? ORDER BY subject.number
        """,
      arguments: [list.string]
    ).map { try SubjectID($0) }
  }

  private func lists(of subject: Int64) throws -> Set<Label> {
    let statement = try db.cachedStatement(sql: "SELECT list FROM membership WHERE subject = ?")
    return Set(try String.fetchAll(statement, arguments: [subject]).map { try Label($0) })
  }

  // MARK: Changes

  /// What happened to samples after a generation.
  ///
  /// - Returns: `nil` when that is not known any more: something derived from the gallery is then to be
  ///   made anew from all samples.
  public func changes(since generation: Int64) throws -> GalleryChanges? {
    let state = try state()
    guard state.removalFloor <= generation, generation <= state.generation else { return nil }
    return GalleryChanges(
      generation: state.generation,
      removed: try RemovedSample.fetchAll(db, "generation > ?", [generation]),
      afterSample: try lastSample(generation),
      throughSample: try lastSample(state.generation)
    )
  }

  /// The last sample that had been added when the generation was made.
  func lastSample(_ generation: Int64) throws -> Int64 {
    try Int64.fetchOne(
      db,
      sql: "SELECT last_sample FROM change WHERE generation <= ? ORDER BY generation DESC LIMIT 1",
      arguments: [generation]
    ) ?? 0
  }
}

/// What happened to samples between two generations. Removals come first, then additions: a reference
/// that is among both has another sample now.
public struct GalleryChanges: Sendable, Hashable {
  /// The later generation.
  public var generation: Int64
  /// The samples that were removed, also those that were added in between.
  public var removed: [RemovedSample]
  /// Samples with greater numbers were added: see ``Gallery/samples(_:after:through:batchSize:_:)``.
  public var afterSample: Int64
  /// Samples with greater numbers were added later.
  public var throughSample: Int64
}

extension RecordSealer {
  /// A sample of the subject.
  mutating func sample(_ row: SampleRow, of subject: SubjectID) throws -> Sample {
    let content = try open(sample: row.content, row.reference, row.kind, version: row.version)
    return try GalleryError.reading(subject, row.reference) {
      try SampleCoding.decode(content, reference: row.reference, kind: row.kind)
    }
  }
}
