import BiomatchCore
import BiomatchTestSupport
import Synchronization
import Testing

@testable import BiomatchGallery

@Suite("Searching while the gallery changes")
struct ConcurrentSearchTests {
  @Test(
    "A reader beside the writer searches what the writer has committed, and nothing that is erased"
  )
  func readers() async throws {
    let test = try TestGallery()
    let writer = try await test.create()
    try await writer.fill((1...5).map { try TestPeople.person($0) })
    let reader = try await test.open(.readOnly)
    let probe = try TestPeople.faceProbe(76)
    let options = IdentificationOptions(limit: 100)
    let before = try await reader.searchSnapshot()
    try await writer.enrol(try TestPeople.person(7))
    let found = try await reader.identify(probe, options)
    #expect(found.candidates.first?.subject.string == "subject-7")
    let generation = try await writer.state().generation
    #expect(found.generation == generation)
    #expect(try await before.identify([probe], options)[0].candidates.count == 5)
    _ = try await writer.erase(try SubjectID("subject-7"))
    try await writer.enrol(try TestPeople.person(8))
    let later = try await reader.identify(probe, options)
    let own = try await writer.identify(probe, options)
    #expect(later.candidates == own.candidates)
    #expect(later.candidates.count == 6)
    try await writer.close()
    #expect(try await reader.identify(probe, options).candidates == later.candidates)
    let second = try await test.open(.readOnly)
    #expect(try await second.identify(probe, options).candidates == later.candidates)
    #expect(second.indexes?.samplesRead == 0)
  }

  @Test("A snapshot answers the same while people come and go")
  func snapshots() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.fill((1...6).map { try TestPeople.person($0) })
    let snapshot = try await gallery.searchSnapshot()
    let probes = [try TestPeople.faceProbe(26), try TestPeople.probe(20)]
    let options = IdentificationOptions(limit: 100)
    let before = try await snapshot.identify(probes, options)
    try await gallery.fill((7...9).map { try TestPeople.person($0) })
    _ = try await gallery.erase(try SubjectID("subject-2"))
    #expect(try await snapshot.identify(probes, options) == before)
    #expect(snapshot.fingers == 12)
    #expect(snapshot.generation == before[0].generation)
  }

  @Test("Under load everybody whose enrolment has returned is found, and nobody whose erasure has")
  func load() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let enrolled = Numbers()
    let erased = Numbers()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          for number in stride(from: worker, to: 60, by: 4) {
            let person = try TestPeople.person(number)
            try await gallery.enrol(person)
            enrolled.insert(number)
            guard number.isMultiple(of: 5) else { continue }
            enrolled.remove(number)
            _ = try await gallery.erase(person.subject)
            erased.insert(number)
          }
        }
      }
      for _ in 0..<2 {
        group.addTask {
          var last: Int64 = 0
          for round in 0..<40 {
            let gone = erased.all
            let present = enrolled.all.filter { !$0.isMultiple(of: 5) }
            let found = try await gallery.identify(
              try TestPeople.faceProbe(UInt64(round) * 10 + 6),
              IdentificationOptions(limit: 100)
            )
            let subjects = Set(found.candidates.map(\.subject.string))
            #expect(present.allSatisfy { subjects.contains("subject-\($0)") })
            #expect(!gone.contains { subjects.contains("subject-\($0)") })
            #expect(found.generation >= last)
            last = found.generation
          }
        }
      }
      try await group.waitForAll()
    }
    let naive = try await NaiveSearch(gallery)
    let probe = try TestPeople.probe(30)
    let found = try await gallery.identify(probe, IdentificationOptions(limit: 100))
    #expect(found.candidates == (try naive.find(probe)))
  }
}

/// Numbers that tasks share.
private final class Numbers: Sendable {
  private let numbers = Mutex<Set<Int>>([])

  var all: Set<Int> { numbers.withLock { $0 } }

  func insert(_ number: Int) { numbers.withLock { _ = $0.insert(number) } }

  func remove(_ number: Int) { numbers.withLock { _ = $0.remove(number) } }
}
