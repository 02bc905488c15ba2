import BiomatchFace
import BiomatchFingerprint
import BiomatchTestSupport
import GRDB
import Testing

@testable import BiomatchGallery

@Suite("Enrolling people")
struct EnrolmentTests {
  @Test("A person comes back as enrolled, also after the gallery was opened again")
  func roundTrip() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let list = SubjectList(name: try Label("watch"), purpose: "search", legalBasis: "Art. 26")
    try await gallery.define(list)
    var person = try TestPeople.person(1)
    person.lists = [list.name]
    let enrolment = try await gallery.enrol(person)
    #expect(enrolment == Enrolment(generation: 2, repairs: []))
    try await gallery.close()
    let reopened = try await test.open()
    let found = try #require(try await reopened.person(person.subject))
    #expect(found.demographics == person.demographics)
    #expect(found.fingers == person.fingers)
    #expect(found.category == person.category)
    #expect(found.lists == person.lists)
    #expect(found.samples.map(\.reference) == person.samples.map(\.reference))
    #expect(found.samples[2] == person.samples[2])
    guard case .finger(let finger) = found.samples[0],
      case .finger(let original) = person.samples[0]
    else {
      Issue.record("the first sample is a finger")
      return
    }
    #expect(finger.record == original.record)
    #expect(finger.format == .iso2005)
    #expect(finger.position == .rightIndex)
    #expect(finger.quality == 61)
    let state = try await reopened.state()
    #expect([state.generation, state.subjects, state.fingers, state.faces] == [2, 1, 2, 1])
    #expect(try await reopened.read { try $0.lists() } == [list])
    #expect(try await reopened.read { try $0.subjects(on: list.name) } == [person.subject])
  }

  @Test("Neither names nor templates nor records are in the files in clear")
  func sealed() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let person = try TestPeople.person(1)
    try await gallery.enrol(person)
    for secret in [Array("ŽIŽEK".utf8), Array("C01X1".utf8), Array("picture".utf8)] {
      #expect(try !TestGallery.holds(test.path, secret))
    }
    for sample in person.samples {
      let bytes = SampleCoding.encode(sample).suffix(64)
      #expect(try !TestGallery.holds(test.path, Array(bytes)))
    }
    #expect(try TestGallery.holds(test.path, Array("subject-1".utf8)))
  }

  @Test("A person who cannot be enrolled leaves nothing, and the error says what to do")
  func refusals() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let first = try TestPeople.person(1)
    try await gallery.enrol(first)
    let before = try await gallery.state()

    var person = try TestPeople.person(2)
    person.subject = first.subject
    await #expect(throws: GalleryError.subjectExists(first.subject)) {
      try await gallery.enrol(person)
    }
    person = try TestPeople.person(2)
    person.samples.append(first.samples[0])
    await #expect(throws: GalleryError.referenceExists(first.samples[0].reference)) {
      try await gallery.enrol(person)
    }
    person = try TestPeople.person(2)
    person.samples.append(person.samples[0])
    await #expect(throws: GalleryError.referenceExists(person.samples[0].reference)) {
      try await gallery.enrol(person)
    }
    person = try TestPeople.person(2)
    person.lists = [try Label("nobody's")]
    await #expect(throws: GalleryError.listUnknown(try Label("nobody's"))) {
      try await gallery.enrol(person)
    }
    person = try TestPeople.person(2)
    person.samples = [try TestPeople.face("other", seed: 5, dimension: 128)]
    await #expect(
      throws: GalleryError.dimension(try ReferenceID("other"), expected: 64, found: 128)
    ) { try await gallery.enrol(person) }
    #expect(try await gallery.state() == before)
    #expect(try await gallery.verifyIntegrity().isIntact)
  }

  @Test("A record that breaks its format is refused, or repaired and every repair told")
  func strictness() async throws {
    let test = try TestGallery()
    var person = try TestPeople.person(1)
    let reference = try ReferenceID("padded")
    let record = try TestPeople.record(77) + [0, 0, 0]
    person.samples = [.finger(FingerSample(reference: reference, record: record))]
    let strict = try await test.create()
    let error = await #expect(throws: GalleryError.self) { try await strict.enrol(person) }
    #expect(error?.code == "gallery.sample")
    #expect(error?.location.field?.contains("padded") == true)
    try await strict.close()
    let lenient = try await test.open(.readWrite, GalleryOptions(strictness: .lenient))
    let enrolment = try await lenient.enrol(person)
    #expect(enrolment.repairs.map(\.reference) == [reference])
    #expect(try await lenient.verifyIntegrity().isIntact)
  }

  @Test("Views that are not there, several fingers and vectors without direction are refused")
  func samples() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    var person = try TestPeople.person(1)
    let reference = try ReferenceID("r")
    let record = try TestPeople.record(1)
    let cases: [(Sample, GalleryError?)] = [
      (
        .finger(FingerSample(reference: reference, record: record, view: 1)),
        .view(reference, view: 1, count: 1)
      ),
      (
        .finger(FingerSample(reference: reference, record: record, view: -1)),
        .view(reference, view: -1, count: 1)
      ),
      (
        .finger(FingerSample(reference: reference, record: record, position: .bothThumbs)),
        .severalFingers(reference)
      ),
      (
        .face(
          FaceSample(
            reference: reference,
            model: try FaceModel(name: "m"),
            vector: [Float](repeating: 0, count: 64)
          )
        ), nil
      ),
    ]
    for (sample, expected) in cases {
      person.samples = [sample]
      let error = await #expect(throws: GalleryError.self) { try await gallery.enrol(person) }
      if let expected {
        #expect(error == expected)
      } else {
        #expect(error?.code == "gallery.sample")
      }
    }
    #expect(try await gallery.state().generation == 0)
  }

  @Test("A full device ends an enrolment with a typed error, and leaves neither record nor key")
  func fullDevice() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    try await gallery.enrol(try TestPeople.person(1))
    let before = try await gallery.state()
    func limitPages(_ limit: String) async throws {
      try await gallery.store.records.writeWithoutTransaction { db in
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        _ = try Int.fetchOne(
          db,
          sql: "PRAGMA max_page_count = \(limit.isEmpty ? "\(pages)" : limit)"
        )
      }
    }
    try await limitPages("")
    let people = try (2..<40).map(TestPeople.person)
    await #expect(throws: GalleryError.storage(path: test.path, .full)) {
      try await gallery.enrol(contentsOf: people)
    }
    #expect(try await gallery.state() == before)
    let vault = try #require(gallery.store.vault)
    #expect(
      try await vault.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM key") } == 1
    )
    try await limitPages("1000000")
    #expect(try await gallery.enrol(contentsOf: people).enrolled == people.count)
    #expect(try await gallery.verifyIntegrity().isIntact)
  }

  @Test("Calls that arrive together share transactions, and each gets its own answer")
  func concurrent() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let count = 200
    let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<count {
        group.addTask {
          // Every tenth comes twice.
          let person = try TestPeople.person(number % 10 == 9 ? number - 1 : number)
          do {
            try await gallery.enrol(person)
            return false
          } catch GalleryError.subjectExists { return true }
        }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(refused == count / 10)
    let state = try await gallery.state()
    #expect(state.subjects == Int64(count - count / 10))
    #expect(state.generation <= state.subjects)
    #expect(try await gallery.verifyIntegrity().isIntact)
  }

  @Test("A bulk enrolment tells who was refused and enrols everybody else, in order")
  func bulk() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    var people = try (0..<2300).map { number in
      var person = try TestPeople.person(0)
      person.subject = try SubjectID("bulk-\(number)")
      person.samples = [try TestPeople.face("face-\(number)", seed: UInt64(number))]
      return person
    }
    people[1500].subject = people[3].subject
    people[2200].samples = people[2199].samples
    people[7].samples = [.finger(FingerSample(reference: try ReferenceID("bad"), record: [1]))]
    let report = try await gallery.enrol(contentsOf: people)
    #expect(report.enrolled == 2297)
    #expect(report.samples == 2297)
    #expect(report.rejections.map(\.index) == [7, 1500, 2200])
    #expect(
      report.rejections.map(\.error.code) == [
        "gallery.sample", "gallery.subject-exists", "gallery.reference-exists",
      ]
    )
    let state = try await gallery.state()
    #expect(state.subjects == 2297)
    #expect(state.generation == report.generation)
    var numbers: [Int64] = []
    try await gallery.samples(.face, batchSize: 500) { batch in numbers += batch.map(\.number) }
    #expect(numbers == (1...2297).map(Int64.init))
    #expect(try await gallery.verifyIntegrity().isIntact)
    await #expect(throws: GalleryError.self) {
      try await gallery.enrol(contentsOf: people, maximumRejections: 10)
    }
    #expect(try await gallery.state() == state)
  }
}
