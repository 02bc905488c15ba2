import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchGallery

@Suite("Everything at once")
struct ConcurrentUseTests {
  @Test("Enrolments, changes, erasures, searches, backups, compaction and new keys go on together")
  func everything() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.fill((0..<20).map { try TestPeople.person($0) })
    let keys = try (0..<3).map { try test.newKey("\($0).key") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 20..<60 { try await gallery.enrol(try TestPeople.person(number)) }
      }
      group.addTask { try await gallery.fill((60..<80).map { try TestPeople.person($0) }) }
      group.addTask {
        for number in 0..<10 {
          let receipt = try await gallery.erase(try SubjectID("subject-\(number)"))
          try await gallery.check(receipt)
        }
      }
      group.addTask {
        for round in 0..<3 {
          for number in 10..<20 {
            let changes = PersonChanges(category: .set(try Label("round \(round)")))
            try await gallery.update(try SubjectID("subject-\(number)"), changes)
          }
        }
      }
      group.addTask {
        for _ in 0..<20 {
          let found = try await gallery.identify(
            try TestPeople.faceProbe(156),
            IdentificationOptions(limit: 100)
          )
          #expect(found.candidates.first?.subject.string == "subject-15")
        }
      }
      group.addTask { for _ in 0..<5 { try await gallery.compact() } }
      group.addTask { for key in keys { try await gallery.rotateKey(to: key) } }
      group.addTask {
        for number in 0..<4 {
          try await gallery.backup(to: test.file("backup-\(number)"))
          try await gallery.exportKeys(to: test.file("keys-\(number)"), under: test.key)
        }
      }
      group.addTask {
        for _ in 0..<5 {
          let report = try await gallery.verifyIntegrity()
          #expect(report.isIntact)
        }
      }
      group.addTask {
        for _ in 0..<20 {
          let (counted, listed) = try await gallery.read { snapshot in
            (try snapshot.state().subjects, try snapshot.subjects().count)
          }
          #expect(counted == Int64(listed))
        }
      }
      try await group.waitForAll()
    }
    let expected = (10..<80).map { "subject-\($0)" }.sorted()
    #expect(try await gallery.read { try $0.subjects().map(\.string) } == expected)
    #expect(try await gallery.verifyIntegrity().isIntact)
    let naive = try await NaiveSearch(gallery)
    for probe in [try TestPeople.faceProbe(156), try TestPeople.probe(300)] {
      let found = try await gallery.identify(probe, IdentificationOptions(limit: 100))
      #expect(found.candidates == (try naive.find(probe)))
    }
    try await gallery.close()
    let reopened = try await Gallery.open(at: test.path, key: keys[2])
    #expect(try await reopened.verifyIntegrity().isIntact)
    for number in 0..<4 {
      let copy = test.file("copy-\(number)")
      let from = test.file("backup-\(number)")
      let exported = (test.file("keys-\(number)"), test.key)
      _ = try await Gallery.restore(from: from, keys: exported, to: copy)
      let restored = try await Gallery.open(at: copy, key: test.key)
      #expect(try await restored.verifyIntegrity().isIntact)
      #expect(try await restored.person(try SubjectID("subject-15")) != nil)
      try await restored.close()
    }
  }

  @Test("Of many calls that enrol one identifier at once, one succeeds, and the others are told")
  func sameSubject() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let errors = await withTaskGroup(of: (any Error)?.self) { group in
      for number in 0..<50 {
        group.addTask {
          do {
            var person = try TestPeople.person(number)
            // One half has the identifier in common, the other one a sample's reference.
            if number < 25 {
              person.subject = try SubjectID("same")
            } else {
              person.samples.append(try TestPeople.face("same", seed: UInt64(number)))
            }
            try await gallery.enrol(person)
            return nil
          } catch {
            return error
          }
        }
      }
      return await group.reduce(into: []) { errors, error in if let error { errors.append(error) } }
    }
    let codes = errors.compactMap { ($0 as? GalleryError)?.code }
    #expect(codes.count { $0 == "gallery.subject-exists" } == 24)
    #expect(codes.count { $0 == "gallery.reference-exists" } == 24)
    #expect(try await gallery.state().subjects == 2)
    #expect(try await gallery.identify(try TestPeople.faceProbe(6)).candidates.count == 2)
    #expect(try await gallery.verifyIntegrity().isIntact)
  }

  @Test("A subject whom many erase at once is erased once")
  func sameErasure() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.fill((0..<3).map { try TestPeople.person($0) })
    let subject = try SubjectID("subject-1")
    let receipts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          do {
            try await gallery.check(try await gallery.erase(subject))
            return 1
          } catch GalleryError.subjectUnknown {
            return 0
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(receipts == 1)
    #expect(try await gallery.state().subjects == 2)
  }

  @Test("A cancelled task leaves each person whole or not at all, and the gallery in order")
  func cancellation() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.fill((0..<4).map { try TestPeople.person($0) })
    let tasks = (10..<40).map { number in
      Task {
        try await gallery.enrol(try TestPeople.person(number))
        try await gallery.update(
          try SubjectID("subject-\(number)"),
          PersonChanges(category: .set(nil))
        )
        _ = try await gallery.identify(try TestPeople.faceProbe(6))
        if number.isMultiple(of: 3) {
          _ = try await gallery.erase(try SubjectID("subject-\(number)"))
        }
      }
    }
    let bulk = Task {
      try await gallery.enrol(contentsOf: (100..<140).map { try TestPeople.person($0) })
    }
    for (number, task) in tasks.enumerated() {
      if number.isMultiple(of: 2) { task.cancel() }
      await Task.yield()
    }
    bulk.cancel()
    for task in tasks { _ = await task.result }
    _ = await bulk.result
    #expect(try await gallery.finishErasures().isEmpty)
    let subjects = try await gallery.read { try $0.subjects() }
    for subject in subjects {
      #expect(try await gallery.person(subject)?.samples.count == 3, "\(subject)")
    }
    #expect(try await gallery.verifyIntegrity().isIntact)
    let found = try await gallery.identify(
      try TestPeople.faceProbe(6),
      IdentificationOptions(limit: 1000)
    )
    #expect(Set(found.candidates.map(\.subject)) == Set(subjects))
    // Whoever was not cancelled did all of it.
    for number in 10..<40 where !number.isMultiple(of: 2) {
      let subject = try SubjectID("subject-\(number)")
      #expect(subjects.contains(subject) == !number.isMultiple(of: 3), "\(subject)")
    }
  }

  @Test("What is opened in a cancelled task is closed again")
  func cancelledOpening() async throws {
    let test = try TestGallery()
    try await test.create().close()
    let path = test.path
    let key = test.key
    for _ in 0..<5 {
      let opening = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        let gallery = try await Gallery.open(at: path, key: key)
        try await gallery.close()
      }
      _ = await opening.result
    }
    let gallery = try await test.open()
    try await gallery.enrol(try TestPeople.person(1))
  }

  @Test(
    "Every call on a closed gallery ends with an error that says so, and closing twice does no harm"
  )
  func closed() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let person = try TestPeople.person(1)
    try await gallery.enrol(person)
    let snapshot = try await gallery.searchSnapshot()
    try await gallery.close()
    try await gallery.close()
    let key = try test.newKey("other.key")
    let calls: [(String, @Sendable () async throws -> Void)] = [
      ("enrol", { try await gallery.enrol(try TestPeople.person(2)) }),
      ("bulk", { _ = try await gallery.enrol(contentsOf: [try TestPeople.person(3)]) }),
      ("update", { try await gallery.update(person.subject, PersonChanges()) }),
      ("erase", { _ = try await gallery.erase(person.subject) }),
      ("finish", { _ = try await gallery.finishErasures() }),
      ("person", { _ = try await gallery.person(person.subject) }),
      ("state", { _ = try await gallery.state() }),
      ("samples", { try await gallery.samples(.face) { _ in } }),
      ("identify", { _ = try await gallery.identify(try TestPeople.faceProbe(16)) }),
      ("verify", { _ = try await gallery.verify(person.subject, try TestPeople.faceProbe(16)) }),
      ("integrity", { _ = try await gallery.verifyIntegrity() }),
      ("compact", { try await gallery.compact() }),
      ("rotate", { try await gallery.rotateKey(to: key) }),
      ("backup", { try await gallery.backup(to: test.file("b")) }),
      ("export", { try await gallery.exportKeys(to: test.file("e"), under: key) }),
      ("receipt key", { _ = try await gallery.receiptKey() }),
    ]
    for (name, call) in calls {
      do {
        try await call()
        Issue.record("\(name) worked")
      } catch {
        #expect((error as? GalleryError)?.code == "gallery.storage.closed", "\(name): \(error)")
      }
    }
    let found = try await snapshot.identify([try TestPeople.faceProbe(16)])
    #expect(found[0].candidates.map(\.subject) == [person.subject])
    let reopened = try await test.open()
    #expect(try await reopened.person(person.subject) != nil)
    #expect(try await reopened.state().subjects == 1)
  }

  @Test("Calls that are under way when the gallery is closed end, and nothing is left half done")
  func closing() async throws {
    let test = try TestGallery()
    var enrolled: Set<String> = []
    for round in 0..<5 {
      let gallery = round == 0 ? try await test.create() : try await test.open()
      let tasks = (0..<20).map { number in
        Task { () -> String? in
          let person = try TestPeople.person(100 * round + number)
          do {
            try await gallery.enrol(person)
            return person.subject.string
          } catch is GalleryError {
            return nil
          }
        }
      }
      for _ in 0..<round * 3 { await Task.yield() }
      try await gallery.close()
      for task in tasks { if let name = try await task.value { enrolled.insert(name) } }
    }
    let gallery = try await test.open()
    #expect(Set(try await gallery.read { try $0.subjects().map(\.string) }) == enrolled)
    #expect(try await gallery.verifyIntegrity().isIntact)
  }

  @Test(
    "A list of people that breaks off leaves complete groups, and nothing goes on behind its back"
  )
  func brokenList() async throws {
    struct Broken: Error {}
    let test = try TestGallery()
    let gallery = try await test.create()
    let people = AsyncThrowingStream<Person, any Error> { continuation in
      for number in 0..<1500 {
        if let subject = try? SubjectID("p\(number)") {
          continuation.yield(Person(subject: subject))
        }
      }
      continuation.finish(throwing: Broken())
    }
    await #expect(throws: Broken.self) { try await gallery.enrol(contentsOf: people) }
    #expect(try await gallery.state().subjects == 1000)
  }
}
