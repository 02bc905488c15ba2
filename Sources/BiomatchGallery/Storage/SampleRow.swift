import BiomatchCore
import Foundation
import GRDB

/// A sample as the database has it.
struct SampleRow: Sendable {
  let number: Int64
  let reference: ReferenceID
  let subject: Int64
  let kind: SampleKind
  let version: Int64
  let content: Data

  static let columns = "sample.number, reference, subject, kind, sample.version, content"

  init(_ row: Row) throws {
    number = try row.decode(atIndex: 0)
    reference = try ReferenceID(row.decode(atIndex: 1))
    subject = try row.decode(atIndex: 2)
    guard let kind = SampleKind(number: try row.decode(atIndex: 3)) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "sample \(reference) has no kind")
    }
    self.kind = kind
    version = try row.decode(atIndex: 4)
    content = try row.decode(atIndex: 5)
  }

  static func fetch(_ db: Database, _ reference: ReferenceID) throws -> SampleRow? {
    let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM sample WHERE reference = ?")
    return try Row.fetchOne(statement, arguments: [reference.string]).map { try SampleRow($0) }
  }

  /// The samples of a subject, in the order of their numbers.
  static func fetchAll(_ db: Database, of subject: Int64) throws -> [SampleRow] {
    let statement = try db.cachedStatement(
      sql: "SELECT \(columns) FROM sample WHERE subject = ? ORDER BY number"
    )
    return try Row.fetchAll(statement, arguments: [subject]).map { try SampleRow($0) }
  }
}

extension GalleryError {
  /// Runs `body`, whose errors mean that what was stored is not what was written.
  static func reading<Result>(
    _ subject: SubjectID,
    _ reference: ReferenceID?,
    _ body: () throws -> Result
  ) throws -> Result {
    do { return try body() } catch {
      throw GalleryError.unreadable(subject: subject, reference: reference)
    }
  }
}
