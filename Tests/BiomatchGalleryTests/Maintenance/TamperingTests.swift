import BiomatchTestSupport
import Foundation
import GRDB
import Testing

@testable import BiomatchGallery

@Suite("Changes behind the gallery's back")
struct TamperingTests {
  private static let changes = [
    "UPDATE sample SET content = (SELECT content FROM sample WHERE number = 4) WHERE number = 1",
    "UPDATE sample SET content = (SELECT content FROM sample WHERE number = 2) WHERE number = 1",
    "UPDATE sample SET subject = 2 WHERE number = 1",
    "UPDATE sample SET reference = 'other' WHERE number = 1",
    "UPDATE sample SET version = 2 WHERE number = 1",
    "UPDATE sample SET content = zeroblob(100) WHERE number = 1",
    "UPDATE sample SET content = x'' WHERE number = 1",
    "UPDATE subject SET profile = (SELECT profile FROM subject WHERE number = 2) WHERE number = 1",
    "UPDATE subject SET identifier = 'other' WHERE number = 1",
    "UPDATE subject SET version = 7 WHERE number = 1",
    "UPDATE subject SET key = NULL WHERE number = 1",
    "UPDATE subject SET key = 77 WHERE number = 1",
    "DELETE FROM sample WHERE number = 1", "UPDATE state SET faces = 5",
  ]

  @Test(
    "Every change of a record is found: blobs cannot be swapped, moved or renamed",
    arguments: changes
  )
  func records(sql: String) async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...2 { try await gallery.enrol(try TestPeople.person(number)) }
    #expect(try await gallery.verifyIntegrity().isIntact)
    try await gallery.store.records.write { try $0.execute(sql: sql) }
    let report = try await gallery.verifyIntegrity()
    #expect(!report.isIntact)
    #expect(!report.findings.isEmpty)
  }

  @Test("A state that cannot be is no reason to end the process, and columns keep their types")
  func state() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.enrol(try TestPeople.person(1))
    try await gallery.store.records.write { db in
      try db.execute(sql: "UPDATE state SET removal_floor = 99")
      for sql in ["UPDATE sample SET kind = 'x'", "UPDATE subject SET profile = 7"] {
        #expect(throws: DatabaseError.self) { try db.execute(sql: sql) }
      }
    }
    #expect(try await gallery.changes(since: 1) == nil)
    try await gallery.store.records.write { try $0.execute(sql: "UPDATE sample SET kind = 9") }
    await #expect(throws: GalleryError.storage(path: test.path, .corrupt)) {
      try await gallery.person(try SubjectID("subject-1"))
    }
  }

  @Test(
    "Columns of other types, in tables that were forged, are no reason to end the process",
    arguments: [
      "UPDATE state SET generation = 'x'", "UPDATE subject SET version = 'x'",
      "UPDATE sample SET kind = 'x'", "UPDATE sample SET version = x'00'",
      "UPDATE subject SET identifier = x'FF'",
    ]
  )
  func types(sql: String) async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.enrol(try TestPeople.person(1))
    try await gallery.close()
    let forged = """
      UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ')')
      WHERE name IN ('state', 'subject', 'sample')
      """
    for sql in [forged, sql] {
      let queue = try DatabaseQueue(path: test.path + "/gallery.sqlite")
      try await queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA writable_schema = ON")
        try db.execute(sql: sql)
      }
      try queue.close()
    }
    // Some are read as another value, which does not open what is sealed.
    do {
      let report = try await test.open().verifyIntegrity()
      #expect(!report.isIntact)
    } catch {
      #expect(error as? GalleryError == .storage(path: test.path, .corrupt))
    }
  }

  @Test("A sample in the place of another is never given out")
  func reading() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...2 { try await gallery.enrol(try TestPeople.person(number)) }
    try await gallery.store.records.write { try $0.execute(sql: Self.changes[0]) }
    let subject = try SubjectID("subject-1")
    let expected = GalleryError.unreadable(subject: subject, reference: try ReferenceID("1/2/1"))
    await #expect(throws: expected) { try await gallery.person(subject) }
    await #expect(throws: expected) { try await gallery.samples(.finger) { _ in } }
    #expect(try await gallery.person(try SubjectID("subject-2")) != nil)
  }

  @Test(
    "Keys that were exchanged, damaged, removed or added are found",
    arguments: [
      "UPDATE key SET wrapped = (SELECT wrapped FROM key WHERE number = 2) WHERE number = 1",
      "UPDATE key SET wrapped = x'00' WHERE number = 1", "DELETE FROM key WHERE number = 1",
      "INSERT INTO key VALUES (0, x'00')",
    ]
  )
  func keys(sql: String) async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...2 { try await gallery.enrol(try TestPeople.person(number)) }
    let vault = try #require(gallery.store.vault)
    try await vault.pool.write { try $0.execute(sql: sql) }
    let report = try await gallery.verifyIntegrity()
    #expect(report.findingCount == 1)
    #expect(report.subjects == 2)
    #expect(report.fingers == 4)
  }

  @Test("An older sample does not open in the place of the one that has its reference now")
  func replay() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let person = try TestPeople.person(1)
    try await gallery.enrol(person)
    let old = try await gallery.read { snapshot in
      try #require(try SampleRow.fetch(snapshot.db, try ReferenceID("1/face"))).content
    }
    try await gallery.update(
      person.subject,
      PersonChanges(
        removed: [try ReferenceID("1/face")],
        added: [try TestPeople.face("1/face", seed: 8)]
      )
    )
    try await gallery.store.records.write { db in
      try db.execute(
        sql: "UPDATE sample SET content = ? WHERE reference = '1/face'",
        arguments: [old]
      )
    }
    await #expect(throws: GalleryError.self) { try await gallery.person(person.subject) }
  }
}
