import BiomatchTestSupport
import Foundation
import GRDB
import Testing

@testable import BiomatchGallery

@Suite("Rotating the key")
struct KeyRotationTests {
  @Test("The new key opens everything, the old one nothing, and no old wrapping is left")
  func rotation() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...40 { try await gallery.enrol(try TestPeople.person(number)) }
    let vault = try #require(gallery.store.vault)
    let old = try await vault.pool.read { db in
      try Data.fetchAll(db, sql: "SELECT wrapped FROM key UNION ALL SELECT signing_key FROM vault")
    }
    let new = try test.newKey("new.key")
    try await gallery.rotateKey(to: new)
    for wrapped in old { #expect(try !TestGallery.holds(test.path, Array(wrapped))) }
    try await gallery.enrol(try TestPeople.person(41))
    #expect(try await gallery.verifyIntegrity().isIntact)
    try await gallery.close()
    await #expect(throws: GalleryError.wrongKey(path: test.path + "/keys.sqlite")) {
      try await test.open()
    }
    let reopened = try await Gallery.open(at: test.path, key: new)
    #expect(try await reopened.person(try SubjectID("subject-7")) != nil)
    #expect(try await reopened.verifyIntegrity().subjects == 41)
  }

  @Test("A rotation that fails half way leaves everything under the old key")
  func failure() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...3 { try await gallery.enrol(try TestPeople.person(number)) }
    let vault = try #require(gallery.store.vault)
    let whole = try await vault.pool.write { db in
      let whole = try Data.fetchOne(db, sql: "SELECT wrapped FROM key WHERE number = 3")
      try db.execute(sql: "UPDATE key SET wrapped = x'00' WHERE number = 3")
      return whole
    }
    let new = try test.newKey("new.key")
    await #expect(throws: (any Error).self) { try await gallery.rotateKey(to: new) }
    try await vault.pool.write { db in
      try db.execute(sql: "UPDATE key SET wrapped = ? WHERE number = 3", arguments: [whole])
    }
    #expect(try await gallery.verifyIntegrity().isIntact)
    try await gallery.close()
    try await test.open().close()
  }
}
