import BiomatchTestSupport
import Foundation
import GRDB
import Testing

@testable import BiomatchGallery

@Suite("Erasing people")
struct ErasureTests {
  private func contents(_ gallery: Gallery, _ subject: SubjectID) async throws -> [[UInt8]] {
    try await gallery.read { snapshot in
      let row = try #require(try SubjectRow.fetch(snapshot.db, subject))
      let samples = try SampleRow.fetchAll(snapshot.db, of: row.number)
      return [Array(row.profile)] + samples.map { Array($0.content) }
    }
  }

  @Test("After the receipt, no file has the key, the records or the identifiers of the subject")
  func nothingLeft() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...300 {
      var person = try TestPeople.person(0)
      person.subject = try SubjectID("subject-number-\(number)")
      person.samples = [try TestPeople.face("face-number-\(number)", seed: UInt64(number))]
      try await gallery.enrol(person)
    }
    for number in [150, 1, 300, 77] {
      let subject = try SubjectID("subject-number-\(number)")
      var traces = try await contents(gallery, subject)
      traces.append(try #require(try await gallery.wrappedKey(Int64(number))))
      traces = traces.map { Array($0.prefix(60)) }
      for trace in traces { #expect(try TestGallery.holds(test.path, trace)) }
      let receipt = try await gallery.erase(subject)
      #expect(receipt.samples == 1)
      #expect(receipt.sealed)
      #expect(receipt.notCovered.count == 4)
      for trace in traces { #expect(try !TestGallery.holds(test.path, trace), "\(number)") }
      try await gallery.check(receipt)
      await #expect(throws: GalleryError.subjectUnknown(subject)) {
        try await gallery.erase(subject)
      }
    }
    #expect(try !TestGallery.holds(test.path, Array("subject-number-150".utf8)))
    #expect(try !TestGallery.holds(test.path, Array("face-number-150".utf8)))
    #expect(try await gallery.state().subjects == 296)
    #expect(try await gallery.verifyIntegrity().isIntact)
  }

  @Test("A gallery in clear keeps no plain template of an erased subject, and signs no receipt")
  func clear() async throws {
    let test = try TestGallery()
    let gallery = try await Gallery.create(at: test.path, sealing: .clear)
    for number in 1...60 { try await gallery.enrol(try TestPeople.person(number)) }
    let person = try TestPeople.person(30)
    guard case .finger(let finger) = person.samples[0] else { return }
    #expect(try TestGallery.holds(test.path, finger.record))
    let receipt = try await gallery.erase(person.subject)
    #expect(try !TestGallery.holds(test.path, Array(finger.record.suffix(40))))
    #expect(try !TestGallery.holds(test.path, Array("ŽIŽEK-30".utf8)))
    #expect(receipt.signature.isEmpty)
    await #expect(throws: GalleryError.receipt) { try await gallery.check(receipt) }
  }

  @Test("A receipt is checked without the gallery, and no part of it can be changed")
  func receipts() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...2 { try await gallery.enrol(try TestPeople.person(number)) }
    let receipt = try await gallery.erase(try SubjectID("subject-1"))
    let key = try #require(try await gallery.receiptKey())
    let decoded = try JSONDecoder().decode(ErasureReceipt.self, from: JSONEncoder().encode(receipt))
    #expect(decoded == receipt)
    try decoded.check(key)
    let changes: [(inout ErasureReceipt) throws -> Void] = [
      { $0.subject = try SubjectID("subject-2") }, { $0.gallery = .random() }, { $0.samples = 0 },
      { $0.time = "2020-01-01T00:00:00Z" }, { $0.generation += 1 }, { $0.notCovered = [] },
      { $0.sealed = false }, { $0.signature = "00" }, { $0.signature = "x" },
    ]
    for change in changes {
      var changed = receipt
      try change(&changed)
      #expect(throws: GalleryError.receipt) { try changed.check(key) }
    }
    try await gallery.rotateKey(to: try test.newKey("new.key"))
    try await gallery.check(receipt)
  }

  @Test("There is no receipt while something derived still has the subject; it comes later")
  func pending() async throws {
    let test = try TestGallery()
    let recorder = Recorder(refusesErasure: true)
    let gallery = try await test.create(GalleryOptions(observer: recorder))
    let person = try TestPeople.person(1)
    try await gallery.enrol(person)
    let error = await #expect(throws: GalleryError.self) { try await gallery.erase(person.subject) }
    #expect(error?.code == "gallery.erasure-pending")
    #expect(try await gallery.person(person.subject) == nil)
    await #expect(throws: GalleryError.self) { try await gallery.finishErasures() }
    recorder.allowErasure()
    let receipts = try await gallery.finishErasures()
    #expect(receipts.map(\.subject) == [person.subject])
    #expect(recorder.erasedReferences == person.samples.map(\.reference))
    #expect(try await gallery.finishErasures().isEmpty)
  }

  @Test("Several are erased at once, each with a receipt of their own")
  func several() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let people = try (0..<6).map { try TestPeople.person($0) }
    for person in people { try await gallery.enrol(person) }
    let subjects = [4, 1, 5].map { people[$0].subject }
    let receipts = try await gallery.erase(subjects)
    #expect(receipts.map(\.subject) == subjects)
    #expect(receipts.map(\.samples) == [3, 3, 3])
    #expect(receipts.map(\.generation) == [7, 8, 9])
    #expect(Set(receipts.map(\.signature)).count == 3)
    for receipt in receipts { try await gallery.check(receipt) }
    var first = receipts[0]
    first.signature = receipts[1].signature
    let mixed = first
    await #expect(throws: GalleryError.receipt) { try await gallery.check(mixed) }
    for subject in subjects { #expect(try await gallery.person(subject) == nil) }
    let found = try await gallery.identify(try TestPeople.faceProbe(46))
    #expect(Set(found.candidates.map(\.subject)) == Set([0, 2, 3].map { people[$0].subject }))
    #expect(try await gallery.store.pendingErasures().isEmpty)
    #expect(try await gallery.verifyIntegrity().isIntact)
    #expect(try await gallery.erase([]).isEmpty)
  }

  @Test(
    "Nobody of several is erased where one is unknown or named twice",
    arguments: [["subject-9", "subject-1"], ["subject-2", "subject-1", "subject-9"]],
    ["subject-9", "subject-2"]
  )
  func unknownAmongSeveral(names: [String], wrong: String) async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...3 { try await gallery.enrol(try TestPeople.person(number)) }
    let before = try await gallery.state()
    let subjects = try (names + [wrong]).map { try SubjectID($0) }
    let error = await #expect(throws: GalleryError.self) { try await gallery.erase(subjects) }
    #expect(error?.code == "gallery.subject-unknown")
    #expect(try await gallery.state() == before)
    #expect(try await gallery.store.pendingErasures().isEmpty)
  }

  @Test("Nobody of several is erased where it fails for one")
  func failureAmongSeveral() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let people = try (1...3).map { try TestPeople.person($0) }
    for person in people { try await gallery.enrol(person) }
    let before = try await gallery.state()
    try await gallery.forbid("INSERT ON erasure WHEN NEW.identifier = 'subject-2'")
    let error = await #expect(throws: GalleryError.self) {
      try await gallery.erase(people.map(\.subject))
    }
    #expect(error == .storage(path: gallery.path, .corrupt))
    #expect(try await gallery.state() == before)
    #expect(try await gallery.store.pendingErasures().isEmpty)
    try await gallery.allow()
    #expect(try await gallery.identify(try TestPeople.faceProbe(16)).candidates.count == 3)
    #expect(try await gallery.verifyIntegrity().isIntact)
    #expect(try await gallery.erase(people.map(\.subject)).count == 3)
  }

  @Test("Receipts of several that are held back come later, all of them")
  func severalPending() async throws {
    let test = try TestGallery()
    let recorder = Recorder(refusesErasure: true)
    let gallery = try await test.create(GalleryOptions(observer: recorder))
    for number in 1...3 { try await gallery.enrol(try TestPeople.person(number)) }
    let subjects = try ["subject-3", "subject-1"].map { try SubjectID($0) }
    let error = await #expect(throws: GalleryError.self) { try await gallery.erase(subjects) }
    #expect(error?.code == "gallery.erasure-pending")
    #expect(try await gallery.state().subjects == 1)
    recorder.allowErasure()
    let receipts = try await gallery.finishErasures()
    #expect(receipts.map(\.subject) == subjects)
    for receipt in receipts { try await gallery.check(receipt) }
  }

  @Test("No receipt gets lost when that of another cannot be given yet")
  func oneHeldBack() async throws {
    let test = try TestGallery()
    let recorder = Recorder(refusesErasure: true, of: "2/")
    let gallery = try await test.create(GalleryOptions(observer: recorder))
    let people = try (0...4).map { try TestPeople.person($0) }
    for person in people { try await gallery.enrol(person) }
    let subjects = people[1...3].map(\.subject)
    let error = await #expect(throws: GalleryError.self) { try await gallery.erase(subjects) }
    #expect(error?.code == "gallery.erasure-pending")
    #expect(error?.location.field?.contains("subject-2") == true)
    // Meanwhile others can be erased.
    #expect(try await gallery.erase(people[4].subject).subject == people[4].subject)
    recorder.allowErasure()
    #expect(try await gallery.finishErasures().map(\.subject) == subjects)
    let references = people[1...4].flatMap { $0.samples.map(\.reference) }
    #expect(Set(recorder.erasedReferences) == Set(references))
    for reference in references {
      #expect(try !TestGallery.holds(test.path, Array(reference.string.utf8)), "\(reference)")
    }
  }

  @Test(
    "The file of the keys is written anew where eight bytes of a wrapped key are left in it",
    arguments: [(24, true), (32, true), (40, true), (48, true), (16, false), (56, false)]
  )
  func partOfKey(offset: Int, isWrittenAnew: Bool) async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let person = try TestPeople.person(1)
    try await gallery.enrol(person)
    let wrapped = try #require(try await gallery.wrappedKey(1))
    #expect(wrapped.count == 72)
    let keys = try #require(gallery.store.vault).pool
    try await keys.write { db in
      // Pages that nothing uses are there until the file is written anew.
      try db.execute(sql: "CREATE TABLE unused AS SELECT randomblob(100000)")
      try db.execute(sql: "DROP TABLE unused")
      try db.execute(sql: "CREATE TABLE remains (bytes BLOB)")
      try db.execute(
        sql: "INSERT INTO remains VALUES (?)",
        arguments: [Data([1, 2, 3] + wrapped[offset..<offset + 8] + [4, 5])]
      )
    }
    _ = try await gallery.erase(person.subject)
    let unused = try await keys.read { try Int.fetchOne($0, sql: "PRAGMA freelist_count") }
    #expect((unused == 0) == isWrittenAnew)
  }

  @Test(
    "What fails when the subject is out of the gallery leaves the erasure to be finished, and says why",
    arguments: ["DELETE ON erasure", "DELETE ON removal"]
  )
  func failure(statement: String) async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let people = try (1...2).map { try TestPeople.person($0) }
    for person in people { try await gallery.enrol(person) }
    try await gallery.forbid(statement)
    let error = await #expect(throws: GalleryError.self) {
      try await gallery.erase(people.map(\.subject))
    }
    #expect(
      error == .erasurePending(people[0].subject, finding: StorageFailure.corrupt.rule)
    )
    #expect(try await gallery.state().subjects == 0)
    try await gallery.allow()
    #expect(try await gallery.finishErasures().map(\.subject) == people.map(\.subject))
  }

  @Test("An erasure that a process left unfinished is finished at the next opening, with a receipt")
  func interrupted() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.enrol(try TestPeople.person(1))
    let trace = try #require(try await gallery.wrappedKey(1))
    _ = try await gallery.store.beginErasures(of: [try SubjectID("subject-1")])
    #expect(try TestGallery.holds(test.path, trace))
    try await gallery.close()
    let reopened = try await test.open()
    #expect(try !TestGallery.holds(test.path, trace))
    #expect(try await reopened.wrappedKey(1) == nil)
    #expect(try await reopened.store.pendingErasures().isEmpty)
    #expect(try await reopened.verifyIntegrity().isIntact)
    let receipts = try await reopened.finishErasures()
    #expect(receipts.map(\.subject.string) == ["subject-1"])
    for receipt in receipts { try await reopened.check(receipt) }
    #expect(try await reopened.finishErasures().isEmpty)
  }

  @Test("A reader of another connection that still needs the log keeps the receipt back")
  func reader() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let person = try TestPeople.person(1)
    try await gallery.enrol(person)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(
      path: test.path + "/gallery.sqlite",
      configuration: configuration
    )
    try await other.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN")
      _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sample")
    }
    await #expect(throws: GalleryError.self) { try await gallery.erase(person.subject) }
    try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    #expect(try await gallery.finishErasures().count == 1)
  }

  @Test("Something derived that missed an erasure is told to start anew")
  func floor() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    for number in 1...2 { try await gallery.enrol(try TestPeople.person(number)) }
    _ = try await gallery.erase(try SubjectID("subject-1"))
    #expect(try await gallery.changes(since: 2) == nil)
    #expect(try await gallery.changes(since: 3) != nil)
  }
}

extension Gallery {
  /// Has a statement fail, `DELETE ON erasure` for example.
  fileprivate func forbid(_ statement: String) async throws {
    try await store.write { db in
      try db.execute(
        sql:
          "CREATE TRIGGER forbidden BEFORE \(statement) BEGIN SELECT RAISE(ABORT, 'forbidden'); END"
      )
    }
  }

  /// Allows what was forbidden.
  fileprivate func allow() async throws {
    try await store.write { try $0.execute(sql: "DROP TRIGGER forbidden") }
  }
}
