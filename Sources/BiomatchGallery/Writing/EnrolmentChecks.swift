import BiomatchCore
import BiomatchFace
import GRDB

/// Finds the people of a group who cannot be enrolled, before a key or a record is written.
struct EnrolmentChecks {
  private let subjects: Statement
  private let references: Statement
  private let lists: Set<Label>
  private var dimensions: [FaceModel: Int] = [:]
  private var newSubjects: Set<SubjectID> = []
  private var newReferences: Set<ReferenceID> = []

  init(_ db: Database) throws {
    subjects = try db.cachedStatement(sql: "SELECT 1 FROM subject WHERE identifier = ?")
    references = try db.cachedStatement(sql: "SELECT 1 FROM sample WHERE reference = ?")
    lists = Set(try String.fetchAll(db, sql: "SELECT name FROM list").map { try Label($0) })
    for model in try ModelRow.fetchAll(db) { dimensions[model.model] = model.dimension }
  }

  /// Returns when the person can be enrolled together with those who were accepted before.
  ///
  /// - Throws: ``GalleryError``.
  mutating func accept(_ person: PreparedPerson) throws {
    guard !newSubjects.contains(person.subject), try !exists(person.subject.string, subjects) else {
      throw GalleryError.subjectExists(person.subject)
    }
    for list in person.lists.sorted() where !lists.contains(list) {
      throw GalleryError.listUnknown(list)
    }
    var dimensions = dimensions
    for prepared in person.samples {
      let reference = prepared.sample.reference
      guard !newReferences.contains(reference), try !exists(reference.string, references) else {
        throw GalleryError.referenceExists(reference)
      }
      guard let (model, dimension) = prepared.model else { continue }
      let expected = dimensions.updateValue(dimension, forKey: model) ?? dimension
      guard expected == dimension else {
        throw GalleryError.dimension(reference, expected: expected, found: dimension)
      }
    }
    self.dimensions = dimensions
    newSubjects.insert(person.subject)
    for prepared in person.samples { newReferences.insert(prepared.sample.reference) }
  }

  private func exists(_ text: String, _ statement: Statement) throws -> Bool {
    try Int.fetchOne(statement, arguments: [text]) != nil
  }
}

/// A model of face vectors in the table of those that the gallery has.
struct ModelRow: Sendable, Hashable {
  let number: Int64
  let model: FaceModel
  let dimension: Int

  static func fetchAll(_ db: Database) throws -> [ModelRow] {
    try Row.fetchAll(db, sql: "SELECT number, name, version, dimension FROM model").map { row in
      ModelRow(
        number: try row.decode(forColumn: "number"),
        model: try FaceModel(
          name: row.decode(forColumn: "name"),
          version: row.decode(forColumn: "version")
        ),
        dimension: try row.decode(forColumn: "dimension")
      )
    }
  }
}
