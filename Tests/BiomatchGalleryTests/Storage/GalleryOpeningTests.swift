import BiomatchTestSupport
import Foundation
import GRDB
import Testing

@testable import BiomatchGallery

@Suite("Creating and opening galleries")
struct GalleryOpeningTests {
  @Test("Commits are durable: the writers of both databases have synchronous = FULL")
  func synchronous() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let pools = [gallery.store.records, try #require(gallery.store.vault).pool]
    for pool in pools {
      let values = try await pool.writeWithoutTransaction { db in
        try ["synchronous", "secure_delete", "foreign_keys"].map {
          try Int.fetchOne(db, sql: "PRAGMA \($0)")
        } + [try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal" ? 1 : 0]
      }
      #expect(values == [2, 1, 1, 1])
    }
  }

  @Test("A gallery is sealed, its directory and its files are its owner's alone")
  func modes() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    #expect(gallery.isSealed)
    let expected = ["": 0o700, "/gallery.sqlite": 0o600, "/keys.sqlite": 0o600]
    for (name, mode) in expected {
      let attributes = try FileManager.default.attributesOfItem(atPath: test.path + name)
      #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
    }
  }

  @Test("What cannot be created leaves nothing behind")
  func failedCreation() async throws {
    let test = try TestGallery()
    await #expect(throws: FileError.self) {
      try await Gallery.create(at: test.path, sealing: .sealed(.file(test.file("none"))))
    }
    #expect(try test.names() == ["gallery.key"])
    _ = try await test.create()
    await #expect(throws: GalleryError.exists(path: test.path)) { try await test.create() }
    #expect(try test.names() == ["gallery", "gallery.key"])
  }

  @Test("Another key, no key, and a key where none is needed are told apart")
  func keys() async throws {
    let test = try TestGallery()
    try await test.create().close()
    await #expect(throws: GalleryError.keyNeeded(path: test.path)) {
      try await Gallery.open(at: test.path)
    }
    let other = try test.newKey("other.key")
    await #expect(throws: GalleryError.wrongKey(path: test.path + "/keys.sqlite")) {
      try await Gallery.open(at: test.path, key: other)
    }
    let clear = try await Gallery.create(at: test.file("clear"), sealing: .clear)
    #expect(!clear.isSealed)
    try await clear.close()
    await #expect(throws: GalleryError.notSealed(path: test.file("clear"))) {
      try await Gallery.open(at: test.file("clear"), key: test.key)
    }
  }

  @Test("A second writer of this process gets a typed error, until the first is closed")
  func secondWriter() async throws {
    let test = try TestGallery()
    let first = try await test.create()
    await #expect(throws: GalleryError.inUse(path: test.path)) { try await test.open() }
    try await first.close()
    try await test.open().close()
  }

  @Test("A writer of another process keeps this one out", .enabled(if: Python.isPresent))
  func otherProcess() async throws {
    let test = try TestGallery()
    try await test.create().close()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let script = """
      import fcntl, os, sys
      fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)
      print("locked", flush=True)
      sys.stdin.read()
      """
    process.arguments = ["python3", "-c", script, test.path]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    _ = output.fileHandleForReading.availableData
    await #expect(throws: GalleryError.inUse(path: test.path)) { try await test.open() }
    try await test.open(.readOnly).close()
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    try await test.open().close()
  }

  @Test("A reader sees what the writer enrols, and changes nothing")
  func readers() async throws {
    let test = try TestGallery()
    let writer = try await test.create()
    let reader = try await test.open(.readOnly)
    let person = try TestPeople.person(1)
    try await writer.enrol(person)
    #expect(try await reader.person(person.subject) != nil)
    await #expect(throws: GalleryError.readOnly(path: test.path)) { try await reader.enrol(person) }
    await #expect(throws: GalleryError.readOnly(path: test.path)) {
      try await reader.erase(person.subject)
    }
  }

  @Test("Keys of people who were never enrolled are removed at the next opening")
  func orphans() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.enrol(try TestPeople.person(1))
    // What a process leaves that ends between the two databases.
    let numbers = try #require(gallery.store.vault).add(
      [try .random(), try .random()],
      after: .max
    ) {}
    #expect(numbers == [2, 3])
    try await gallery.close()
    let reopened = try await test.open()
    let vault = try #require(reopened.store.vault)
    #expect(
      try await vault.pool.read { try Int64.fetchAll($0, sql: "SELECT number FROM key") } == [1]
    )
    try await reopened.enrol(try TestPeople.person(2))
    #expect(
      try await vault.pool.read { try Int64.fetchAll($0, sql: "SELECT number FROM key") } == [1, 4]
    )
    #expect(try await reopened.verifyIntegrity().isIntact)
  }

  @Test("A directory without a manifest, with a damaged one, or of a later format is refused")
  func manifests() async throws {
    let test = try TestGallery()
    await #expect(throws: GalleryError.notFound(path: test.path)) { try await test.open() }
    try await test.create().close()
    let path = test.path + "/gallery.json"
    let manifest = try String(contentsOfFile: path, encoding: .utf8)
    let versions = [
      (manifest.replacing("\"format\" : 1", with: "\"format\" : 2"), "gallery.version"),
      (manifest.replacing("biomatch-gallery", with: "fingerprint-index"), "gallery.manifest"),
      (String(manifest.dropLast(9)), "gallery.manifest"), ("", "gallery.manifest"),
    ]
    for (text, code) in versions {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let error = await #expect(throws: GalleryError.self) { try await test.open() }
      #expect(error?.code == code)
    }
  }

  @Test("A missing or foreign database is an error, and is not made anew")
  func databases() async throws {
    let test = try TestGallery()
    try await test.create().close()
    for name in ["/gallery.sqlite", "/keys.sqlite"] {
      let content = try #require(FileManager.default.contents(atPath: test.path + name))
      try FileManager.default.removeItem(atPath: test.path + name)
      await #expect(throws: FileError.notFound(path: test.path + name)) { try await test.open() }
      for text in ["", "no database", String(repeating: "no database", count: 1000)] {
        try Data(text.utf8).write(to: URL(filePath: test.path + name))
        await #expect(throws: GalleryError.storage(path: test.path, .corrupt)) {
          try await test.open()
        }
      }
      try content.write(to: URL(filePath: test.path + name))
    }
    try await test.open().close()
  }

  @Test("A database that a later program changed is refused")
  func later() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.store.records.write { db in
      try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('v99')")
    }
    try await gallery.close()
    let error = await #expect(throws: GalleryError.self) { try await test.open() }
    #expect(error?.code == "gallery.version")
  }
}
