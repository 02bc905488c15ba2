import BiomatchTestSupport
import Foundation
import GRDB
import Testing

@testable import BiomatchGallery

@Suite("Backing up and restoring")
struct BackupTests {
  @Test("A backup has the records and no key; with the export of the keys it is a gallery again")
  func restore() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...5 { try await gallery.enrol(try TestPeople.person(number)) }
    let vault = try #require(gallery.store.vault)
    let wrapped = try await vault.pool.read {
      try Data.fetchAll($0, sql: "SELECT wrapped FROM key")
    }
    let exportKey = try test.newKey("export.key")
    try await gallery.backup(to: test.file("backup"))
    try await gallery.exportKeys(to: test.file("keys.export"), under: exportKey)
    for key in wrapped {
      #expect(try !TestGallery.holds(test.file("backup"), Array(key)))
      let export = try #require(FileManager.default.contents(atPath: test.file("keys.export")))
      #expect(export.range(of: key) == nil)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: test.file("backup")).sorted()
    #expect(names == ["gallery.json", "gallery.sqlite"])
    let mode = try FileManager.default.attributesOfItem(atPath: test.file("keys.export"))
    #expect(mode[.posixPermissions] as? Int == 0o600)

    let newKey = try test.newKey("restored.key")
    let report = try await Gallery.restore(
      from: test.file("backup"),
      keys: (test.file("keys.export"), exportKey),
      to: test.file("restored"),
      key: newKey
    )
    #expect(report == RestoreReport(erasedSince: 0, unusedKeys: 0))
    let restored = try await Gallery.open(at: test.file("restored"), key: newKey)
    #expect(restored.id == gallery.id)
    #expect(try await restored.state() == gallery.state())
    let subject = try SubjectID("subject-3")
    #expect(try await restored.person(subject) == gallery.person(subject))
    #expect(try await restored.verifyIntegrity().isIntact)
    try await restored.enrol(try TestPeople.person(6))
  }

  @Test("Who was erased after the backup does not come back, and newer keys are left out")
  func erasedSince() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...4 { try await gallery.enrol(try TestPeople.person(number)) }
    try await gallery.backup(to: test.file("backup"))
    _ = try await gallery.erase(try SubjectID("subject-2"))
    try await gallery.enrol(try TestPeople.person(5))
    try await gallery.exportKeys(to: test.file("keys.export"), under: test.key)
    let report = try await Gallery.restore(
      from: test.file("backup"),
      keys: (test.file("keys.export"), test.key),
      to: test.file("restored")
    )
    #expect(report == RestoreReport(erasedSince: 1, unusedKeys: 1))
    let restored = try await Gallery.open(at: test.file("restored"), key: test.key)
    #expect(try await restored.state().subjects == 3)
    #expect(try await restored.person(try SubjectID("subject-2")) == nil)
    #expect(try await restored.verifyIntegrity().isIntact)
  }

  @Test("Keys of before the backup are refused, and nothing half restored is left")
  func oldKeys() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.enrol(try TestPeople.person(1))
    try await gallery.exportKeys(to: test.file("keys.export"), under: test.key)
    try await gallery.enrol(try TestPeople.person(2))
    try await gallery.backup(to: test.file("backup"))
    let names = try test.names()
    await #expect(throws: GalleryError.keysTooOld(path: test.file("keys.export"))) {
      try await Gallery.restore(
        from: test.file("backup"),
        keys: (test.file("keys.export"), test.key),
        to: test.file("restored")
      )
    }
    await #expect(throws: GalleryError.keyNeeded(path: test.file("backup"))) {
      try await Gallery.restore(from: test.file("backup"), to: test.file("restored"))
    }
    await #expect(throws: GalleryError.exists(path: test.file("backup"))) {
      try await gallery.backup(to: test.file("backup"))
    }
    #expect(try test.names() == names)
  }

  @Test("A backup while people are enrolled is one moment of the gallery")
  func online() async throws {
    let test = try TestGallery()
    let gallery = try await Gallery.create(at: test.path, sealing: .clear)
    try await gallery.enrol(try TestPeople.person(0))
    async let enrolling: Void = {
      for number in 1...60 { try await gallery.enrol(try TestPeople.person(number)) }
    }()
    for number in 1...5 {
      try await gallery.backup(to: test.file("backup-\(number)"))
      _ = try await Gallery.restore(
        from: test.file("backup-\(number)"),
        to: test.file("restored-\(number)")
      )
      let restored = try await Gallery.open(at: test.file("restored-\(number)"))
      #expect(try await restored.verifyIntegrity().isIntact)
    }
    try await enrolling
  }

  @Test("Compacting keeps everything, and removes keys of nobody")
  func compact() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...30 { try await gallery.enrol(try TestPeople.person(number)) }
    for number in 1...20 { _ = try await gallery.erase(try SubjectID("subject-\(number)")) }
    try await #require(gallery.store.vault).pool.write { db in
      try db.execute(sql: "INSERT INTO key VALUES (0, x'00')")
    }
    try await gallery.enrol(try TestPeople.person(31))
    #expect(try await gallery.verifyIntegrity().findings.map(\.kind) == [.keyUnused])
    try await gallery.compact()
    #expect(try await gallery.verifyIntegrity().isIntact)
    #expect(try await gallery.state().subjects == 11)
  }
}
