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
    number = try row.decode(atIndex: 0)
    identifier = try SubjectID(row.decode(atIndex: 1))
    key = try row.decode(atIndex: 2)
    category = try row.decode(String?.self, atIndex: 3).map { try Label($0) }
    version = try row.decode(atIndex: 4)
    profile = try row.decode(atIndex: 5)
  }

  static func fetch(_ db: Database, _ subject: SubjectID) throws -> SubjectRow? {
    let statement = try db.cachedStatement(
      sql: "SELECT \(columns) FROM subject WHERE identifier = ?"
    )
    return try Row.fetchOne(statement, arguments: [subject.string]).map { try SubjectRow($0) }
  }
}
