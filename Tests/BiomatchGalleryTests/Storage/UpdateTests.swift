import BiomatchFace
import BiomatchTestSupport
import Synchronization
import Testing

@testable import BiomatchGallery

@Suite("Changes and what follows them")
struct UpdateTests {
  @Test("An update changes what it mentions and nothing else")
  func update() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let person = try TestPeople.person(1)
    try await gallery.enrol(person)
    let added = try TestPeople.face("new", seed: 99)
    try await gallery.update(
      person.subject,
      PersonChanges(category: .set(nil), removed: [person.samples[0].reference], added: [added])
    )
    let found = try #require(try await gallery.person(person.subject))
    #expect(found.category == nil)
    #expect(found.demographics == person.demographics)
    #expect(found.samples.map(\.reference.string) == ["1/2/2", "1/face", "new"])
    try await gallery.update(
      person.subject,
      PersonChanges(demographics: Demographics(), fingers: [])
    )
    let later = try #require(try await gallery.person(person.subject))
    #expect(later.demographics == Demographics())
    #expect(later.samples == found.samples)
    #expect(try await gallery.verifyIntegrity().isIntact)
  }

  @Test("An update that fails half way changes nothing")
  func failure() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let person = try TestPeople.person(1)
    try await gallery.enrol(person)
    let before = try await gallery.state()
    await #expect(throws: GalleryError.listUnknown(try Label("none"))) {
      try await gallery.update(
        person.subject,
        PersonChanges(
          lists: [try Label("none")],
          demographics: Demographics(),
          removed: [person.samples[0].reference]
        )
      )
    }
    let missing = try ReferenceID("2/2/1")
    await #expect(throws: GalleryError.referenceUnknown(missing, subject: person.subject)) {
      try await gallery.update(person.subject, PersonChanges(removed: [missing]))
    }
    let nobody = try SubjectID("nobody")
    await #expect(throws: GalleryError.subjectUnknown(nobody)) {
      try await gallery.update(nobody, PersonChanges())
    }
    #expect(try await gallery.state() == before)
    #expect(try await gallery.person(person.subject)?.demographics == person.demographics)
  }

  @Test("A derived index that was away catches up with what was removed and added")
  func catchingUp() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let people = try (1...3).map(TestPeople.person)
    try await gallery.enrol(people[0])
    let seen = try await gallery.enrol(people[1]).generation
    try await gallery.enrol(people[2])
    let reference = people[0].samples[2].reference
    try await gallery.update(
      people[0].subject,
      PersonChanges(removed: [reference], added: [try TestPeople.face("1/face", seed: 5)])
    )
    let changes = try #require(try await gallery.changes(since: seen))
    #expect(changes.generation == 4)
    #expect(changes.removed.map(\.reference) == [reference])
    var added: [String] = []
    for kind in SampleKind.allCases {
      try await gallery.samples(
        kind,
        after: changes.afterSample,
        through: changes.throughSample
      ) { batch in added += batch.map { $0.sample.reference.string } }
    }
    #expect(added == ["3/2/1", "3/2/2", "3/face", "1/face"])
    let none = try #require(try await gallery.changes(since: 4))
    #expect(none.removed.isEmpty)
    #expect(none.afterSample == none.throughSample)
    #expect(try await gallery.changes(since: 5) == nil)
  }

  @Test("The observer sees every change, in order, before the call returns")
  func observer() async throws {
    let test = try TestGallery()
    let recorder = Recorder()
    let gallery = try await test.create(GalleryOptions(observer: recorder))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask {
          let person = try TestPeople.person(number)
          try await gallery.enrol(person)
          #expect(recorder.references.contains(person.samples[0].reference))
        }
      }
      try await group.waitForAll()
    }
    let generations = recorder.generations
    #expect(generations == generations.sorted())
    #expect(Set(generations).count == generations.count)
    #expect(recorder.references.count == 120)
    #expect(recorder.templates == 80)
  }

  @Test("A list keeps its purpose, and its subjects stay when it goes")
  func lists() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    var list = SubjectList(name: try Label("l"), purpose: "p", legalBasis: "b")
    try await gallery.define(list)
    try await gallery.define(list)
    #expect(try await gallery.state().generation == 1)
    list.purpose = "another"
    await #expect(throws: GalleryError.listExists(list.name)) { try await gallery.define(list) }
    var person = try TestPeople.person(1)
    person.lists = [list.name]
    try await gallery.enrol(person)
    try await gallery.update(person.subject, PersonChanges(lists: []))
    let name = list.name
    #expect(try await gallery.read { try $0.subjects(on: name) } == [])
    try await gallery.removeList(list.name)
    await #expect(throws: GalleryError.listUnknown(list.name)) {
      try await gallery.removeList(list.name)
    }
    #expect(try await gallery.person(person.subject)?.lists == [])
  }
}

/// Notes what it is told.
final class Recorder: GalleryObserver {
  private let commits = Mutex<[GalleryCommit]>([])
  private let erased = Mutex<[RemovedSample]>([])
  private let refusesErasure: Mutex<Bool>

  struct Refusal: Error {}

  private let refused: String

  /// - Parameter refused: what the references of refused samples begin with.
  init(refusesErasure: Bool = false, of refused: String = "") {
    self.refusesErasure = Mutex(refusesErasure)
    self.refused = refused
  }

  var generations: [Int64] { commits.withLock { $0.map(\.generation) } }
  var references: Set<ReferenceID> {
    commits.withLock { Set($0.flatMap { $0.added.map(\.stored.sample.reference) }) }
  }
  var templates: Int {
    commits.withLock { $0.reduce(0) { $0 + $1.added.count { $0.template != nil } } }
  }
  var erasedReferences: [ReferenceID] { erased.withLock { $0.map(\.reference) } }

  func allowErasure() { refusesErasure.withLock { $0 = false } }

  func galleryDidCommit(_ commit: GalleryCommit) async { commits.withLock { $0.append(commit) } }

  func gallery(didErase removed: [RemovedSample]) async throws {
    let isRefused = removed.contains { $0.reference.string.hasPrefix(refused) }
    if isRefused, refusesErasure.withLock({ $0 }) { throw Refusal() }
    erased.withLock { $0 += removed }
  }
}
