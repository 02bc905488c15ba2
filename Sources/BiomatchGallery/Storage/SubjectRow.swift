import BiomatchCore
import Foundation
import GRDB

/// A subject as the database has it.
struct SubjectRow {
  let number: Int64
  let identifier: SubjectID
  let key: Int64?
  let category: Label?
  let version: Int64
  let profile: Data

  static let columns = "subject.number, identifier, key, category, subject.version, profile"

  init(_ row: Row) throws {
    number = row[0]
    identifier = try SubjectID(row[1])
    key = row[2]
    category = try (row[3] as String?).map { try Label($0) }
    version = row[4]
    profile = row[5]
  }

  static func fetch(_ db: Database, _ subject: SubjectID) throws -> SubjectRow? {
    let statement = try db.cachedStatement(
      sql: "SELECT \(columns) FROM subject WHERE identifier = ?"
    )
    return try Row.fetchOne(statement, arguments: [subject.string]).map { try SubjectRow($0) }
  }
}
