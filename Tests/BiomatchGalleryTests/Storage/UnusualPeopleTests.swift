import BiomatchFace
import BiomatchFingerprint
import BiomatchTestSupport
import Testing

@testable import BiomatchGallery

@Suite("People and samples that are unlike others")
struct UnusualPeopleTests {
  /// Two of them look alike, and are the same text for Swift.
  private static let names = [
    "é", "e\u{301}", "\u{202E}abc", "\u{FEFF}", " ", "  ", "\n", "%", "_",
    "'; DROP TABLE subject; --",
    "👩‍👩‍👧‍👦", "محمد", "İ", "i\u{307}", "a/b", "../..", "\u{1}", "\u{10FFFF}",
    String(repeating: "x", count: 64), String(repeating: "ž", count: 32),
  ]

  @Test("Identifiers are bytes: each finds, changes and erases its own person and no other")
  func identifiers() async throws {
    let test = try TestGallery()
    var gallery = try await test.create()
    var people: [Person] = []
    for (number, name) in Self.names.enumerated() {
      var person = try TestPeople.person(number)
      person.subject = try SubjectID(name)
      person.samples = [try TestPeople.face(name, seed: UInt64(number))]
      try await gallery.enrol(person)
      people.append(person)
    }
    try await gallery.close()
    gallery = try await test.open()
    for (number, person) in people.enumerated() {
      #expect(try await gallery.person(person.subject)?.samples == person.samples)
      let found = try await gallery.identify(try TestPeople.faceProbe(UInt64(number)))
      #expect(found.candidates.first?.subject == person.subject)
      #expect(found.candidates.first?.reference == person.samples[0].reference)
    }
    let sorted = people.map(\.subject).sorted()
    var listed: [SubjectID] = []
    while case let page = try await gallery.read({ [last = listed.last] in
      try $0.subjects(after: last, limit: 3)
    }), !page.isEmpty { listed += page }
    #expect(listed == sorted)
    try await gallery.update(people[0].subject, PersonChanges(category: .set(nil)))
    #expect(try await gallery.person(people[1].subject)?.category != nil)
    _ = try await gallery.erase(people[0].subject)
    #expect(try await gallery.person(people[0].subject) == nil)
    #expect(try await gallery.person(people[1].subject)?.samples == people[1].samples)
    for person in people[1...] {
      #expect(try await gallery.erase(person.subject).subject == person.subject)
    }
    #expect(try await gallery.read { try $0.subjects() }.isEmpty)
    #expect(try await gallery.verifyIntegrity().isIntact)
  }

  @Test("A person without samples can be enrolled, changed and erased, and is found by nothing")
  func nothing() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let person = Person(subject: try SubjectID("nobody"))
    try await gallery.enrol(person)
    #expect(try await gallery.person(person.subject) == person)
    #expect(try await gallery.identify(try TestPeople.faceProbe(1)).candidates.isEmpty)
    #expect(try await gallery.identify(try TestPeople.probe(1)).candidates.isEmpty)
    #expect(try await gallery.identify(.fingers([])).candidates.isEmpty)
    #expect(try await gallery.identify([]).isEmpty)
    let compared = try await gallery.verify(person.subject, try TestPeople.probe(1))
    #expect(compared.score == nil && compared.comparisons.isEmpty)
    try await gallery.update(person.subject, PersonChanges())
    try await gallery.update(
      person.subject,
      PersonChanges(added: [try TestPeople.face("late", seed: 1)])
    )
    let found = try await gallery.identify(try TestPeople.faceProbe(1))
    #expect(found.candidates.map(\.subject) == [person.subject])
    #expect(try await gallery.verifyIntegrity().isIntact)
    #expect(try await gallery.erase(person.subject).samples == 1)
    try await gallery.enrol(person)
    #expect(try await gallery.erase(person.subject).samples == 0)
  }

  @Test("A print without minutiae can be enrolled and sought, and resembles nothing")
  func emptyPrint() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let view = FingerView(width: 300, height: 400, resolutionX: 197, resolutionY: 197, minutiae: [])
    let record = try MinutiaeEncoder(format: .iso2005).encode(MinutiaeRecord(views: [view])).bytes
    let empty = Person(
      subject: try SubjectID("empty"),
      samples: [.finger(FingerSample(reference: try ReferenceID("empty"), record: record))]
    )
    try await gallery.enrol(empty)
    try await gallery.enrol(try TestPeople.person(1))
    let probe = GalleryProbe.finger(try FingerprintTemplate(view: view))
    for mode in [SearchMode.screened, .exhaustive] {
      var options = IdentificationOptions()
      options.mode = mode
      #expect(try await gallery.identify(probe, options).candidates.isEmpty)
      let found = try await gallery.identify(try TestPeople.probe(10), options).candidates
      #expect(found.map(\.subject.string) == ["subject-1"])
    }
    #expect(try await gallery.verify(empty.subject, probe).score == SimilarityScore(0))
    #expect(try await gallery.verifyIntegrity().isIntact)
  }

  @Test("A context that a record has no use for is not kept, and one that it needs is checked")
  func contexts() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let reference = try ReferenceID("finger")
    let wrong = [RecordContext(width: -5, height: 1 << 40), RecordContext(width: 0, height: .min)]
    for (number, context) in wrong.enumerated() {
      var finger = FingerSample(reference: reference, record: try TestPeople.record(1))
      finger.context = context
      let person = Person(subject: try SubjectID("p\(number)"), samples: [.finger(finger)])
      try await gallery.enrol(person)
      guard case .finger(let stored)? = try await gallery.person(person.subject)?.samples[0] else {
        return
      }
      #expect(stored.context == nil)
      _ = try await gallery.erase(person.subject)
      finger.record = Array("10 10 90\n".utf8)
      finger.format = .xyt
      let refused = Person(subject: person.subject, samples: [.finger(finger)])
      let error = await #expect(throws: GalleryError.self) { try await gallery.enrol(refused) }
      #expect(error?.code == "gallery.sample")
    }
  }

  @Test(
    "Vectors that no index could hold are refused when they are enrolled",
    arguments: [
      [], [1], [Float](repeating: 1, count: 63), [Float](repeating: 1, count: 4097),
      [Float](repeating: .nan, count: 64), [Float](repeating: .infinity, count: 64),
      [Float](repeating: .leastNonzeroMagnitude, count: 64),
      [Float](repeating: .greatestFiniteMagnitude, count: 64),
    ]
  )
  func vectors(vector: [Float]) async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let model = try FaceModel(name: "m")
    let face = FaceSample(reference: try ReferenceID("f"), model: model, vector: vector)
    let person = Person(subject: try SubjectID("s"), samples: [.face(face)])
    do {
      try await gallery.enrol(person)
      // What is taken must be found.
      let found = try await gallery.identify(.face(vector, model: model)).candidates
      #expect(found.map(\.subject) == [person.subject])
      #expect(try await gallery.verifyIntegrity().isIntact)
    } catch let error as GalleryError {
      #expect(error.code == "gallery.sample")
      #expect(try await gallery.state().generation == 0)
    }
    try await gallery.close()
  }

  @Test("A sample may take the reference of one that the same update removes, and no other")
  func references() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    let people = try (1...2).map { try TestPeople.person($0) }
    for person in people { try await gallery.enrol(person) }
    let old = people[0].samples[2].reference
    let new = try TestPeople.face(old.string, seed: 77)
    let wrong = [
      PersonChanges(added: [new]), PersonChanges(removed: [old, old], added: [new]),
      PersonChanges(removed: [people[1].samples[2].reference]),
      PersonChanges(removed: [old], added: [new, new]),
      PersonChanges(removed: [old], added: [try TestPeople.face("2/face", seed: 1)]),
    ]
    let before = try await gallery.state()
    for changes in wrong {
      await #expect(throws: GalleryError.self) {
        try await gallery.update(people[0].subject, changes)
      }
      #expect(try await gallery.state() == before)
    }
    try await gallery.update(people[0].subject, PersonChanges(removed: [old], added: [new]))
    let found = try await gallery.identify(try TestPeople.faceProbe(77))
    #expect(found.candidates.first?.reference == old)
    #expect(found.candidates.count == 2)
  }
}
