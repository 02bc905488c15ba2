import GRDB

/// What a gallery holds at one moment.
public struct GalleryState: Sendable, Hashable, Codable {
  /// Counts the changes from zero: whoever saw a generation can tell whether anything came after it. It
  /// does not depend on any clock.
  public var generation: Int64
  /// How many subjects there are.
  public var subjects: Int64
  /// How many impressions of fingers.
  public var fingers: Int64
  /// How many faces.
  public var faces: Int64
  /// The generation before which removals were forgotten.
  var removalFloor: Int64
  /// The greatest number of a key that a record has or had.
  var lastKey: Int64

  static func read(_ db: Database) throws -> GalleryState {
    let statement = try db.cachedStatement(sql: "SELECT * FROM state WHERE id = 1")
    guard let row = try Row.fetchOne(statement) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the state is missing")
    }
    return GalleryState(
      generation: try row.decode(forColumn: "generation"),
      subjects: try row.decode(forColumn: "subjects"),
      fingers: try row.decode(forColumn: "fingers"),
      faces: try row.decode(forColumn: "faces"),
      removalFloor: try row.decode(forColumn: "removal_floor"),
      lastKey: try row.decode(forColumn: "last_key")
    )
  }

  func write(_ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        UPDATE state SET generation = ?, removal_floor = ?, last_key = ?,
          subjects = ?, fingers = ?, faces = ?
        """
    )
    try statement.execute(
      arguments: [generation, removalFloor, lastKey, subjects, fingers, faces]
    )
  }

  /// Counts samples of a kind.
  mutating func count(_ kind: SampleKind, by difference: Int64) {
    switch kind {
    case .finger: fingers += difference
    case .face: faces += difference
    }
  }
}
