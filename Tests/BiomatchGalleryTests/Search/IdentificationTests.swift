import BiomatchCore
import BiomatchFace
import BiomatchFingerprint
import BiomatchTestSupport
import Testing

@testable import BiomatchGallery

@Suite("Seeking people")
struct IdentificationTests {
  private static let rules: [FingerPositionRule] = [
    .same, .all, .only(FingerPositionFilter([.leftThumb], includesUnknown: false)),
  ]

  private func filled(
    _ test: TestGallery,
    _ numbers: some Sequence<Int>,
    sealed: Bool = true
  ) async throws -> Gallery {
    let gallery = try await Gallery.create(
      at: test.path,
      sealing: sealed ? .sealed(test.key) : .clear
    )
    let people = try numbers.map { try TestPeople.manifold($0) }
    try await gallery.fill(people)
    return gallery
  }

  private var probes: [GalleryProbe] {
    get throws {
      [
        try TestPeople.probe(30), try TestPeople.probe(31),
        try TestPeople.probe(62, position: .unknown),
        .fingers([]), try TestPeople.faceProbe(50),
        .face((0..<96).map { Float(($0 * 8) % 17) - 8.5 }, model: try FaceModel(name: "other")),
      ]
    }
  }

  @Test(
    "The answer is that of comparing the probe with every stored sample",
    arguments: [true, false],
    rules
  )
  func exact(sealed: Bool, rule: FingerPositionRule) async throws {
    let test = try TestGallery()
    let gallery = try await filled(test, 1...40, sealed: sealed)
    try await gallery.update(
      try SubjectID("subject-3"),
      PersonChanges(
        removed: [try ReferenceID("3/finger/0")],
        added: [try TestPeople.finger("3/finger/0", seed: 400)]
      )
    )
    _ = try await gallery.erase(try SubjectID("subject-6"))
    let naive = try await NaiveSearch(gallery)
    let generation = try await gallery.state().generation
    for mode in SearchMode.allCases {
      var options = IdentificationOptions(limit: 100)
      (options.positions, options.mode) = (rule, mode)
      let found = try await gallery.identify(try probes, options)
      for (probe, answer) in zip(try probes, found) {
        #expect(answer.candidates == (try naive.find(probe, positions: rule, mode: mode)))
        #expect(answer.coverage.isComplete)
        #expect(answer.generation == generation)
        #expect(try await gallery.identify(probe, options) == answer)
      }
    }
  }

  @Test("Several fingers of a person are searched on their own, and the best counts")
  func severalFingers() async throws {
    let test = try TestGallery()
    let gallery = try await filled(test, 1...20)
    let single = try [30, 52].map { seed in
      try TestPeople.probe(UInt64(seed), position: .unknown)
    }
    let fingers = single.flatMap { probe -> [GalleryProbe.Finger] in
      if case .fingers(let fingers) = probe.content { fingers } else { [] }
    }
    let found = try await gallery.identify(.fingers(fingers), IdentificationOptions(limit: 30))
    let alone = try await gallery.identify(single, IdentificationOptions(limit: 30))
    #expect(found.searches == alone.map(\.candidates))
    let expected = try await NaiveSearch(gallery).find(.fingers(fingers))
    #expect(found.candidates == expected)
    #expect(found.coverage.total == 2 * 80)
    #expect(Set(found.candidates.prefix(2).map(\.subject.string)) == ["subject-3", "subject-5"])
  }

  @Test("As many subjects are listed as there may be, though one has more samples than that")
  func manySamples() async throws {
    let test = try TestGallery()
    let gallery = try await test.create()
    var rich = try TestPeople.person(1)
    rich.samples = try (0..<60).map { try TestPeople.finger("rich/\($0)", seed: 10) }
    try await gallery.fill([rich] + (2...9).map { try TestPeople.person($0) })
    let probe = try TestPeople.probe(10)
    let found = try await gallery.identify(probe, IdentificationOptions(limit: 4))
    let all = try await NaiveSearch(gallery).find(probe)
    #expect(found.candidates == Array(all.prefix(4)))
    // Sixty equal samples: the one with the lowest reference stands for all.
    #expect(found.candidates[0].reference.string == "rich/0")
  }

  @Test("Answers depend neither on the order of enrolment nor on the number of threads")
  func order() async throws {
    var answers: [[[GalleryCandidate]]] = []
    for numbers in [Array(1...30), (1...30).reversed()] {
      let test = try TestGallery()
      let gallery = try await filled(test, numbers)
      for threads in [1, 2, 5] {
        var options = IdentificationOptions(limit: 12)
        options.threads = threads
        answers.append(try await gallery.identify(try probes, options).map(\.candidates))
      }
    }
    #expect(Set(answers).count == 1)
  }

  @Test("Who is enrolled is found, and who is erased or has lost the sample is not")
  func changes() async throws {
    let test = try TestGallery()
    let gallery = try await filled(test, 1...3)
    let probe = try TestPeople.faceProbe(70)
    func finds() async throws -> Bool {
      let found = try await gallery.identify(probe, IdentificationOptions(limit: 1))
      return found.candidates.first?.subject.string == "subject-7"
    }
    #expect(try await !finds())
    let person = try TestPeople.manifold(7)
    try await gallery.enrol(person)
    #expect(try await finds())
    let reference = try ReferenceID("7/face")
    try await gallery.update(person.subject, PersonChanges(removed: [reference]))
    #expect(try await !finds())
    try await gallery.update(
      person.subject,
      PersonChanges(added: [try TestPeople.face("7/face", seed: 70)])
    )
    #expect(try await finds())
    _ = try await gallery.erase(person.subject)
    #expect(try await !finds())
  }

  @Test("Lists, categories and a predicate narrow a search, alone and together")
  func filters() async throws {
    let test = try TestGallery()
    let gallery = try await filled(test, 1...12)
    let (watch, empty, visa) = (try Label("watch"), try Label("empty"), try Label("visa"))
    for list in [watch, empty] {
      try await gallery.define(SubjectList(name: list, purpose: "test", legalBasis: "none"))
    }
    let watched = try [2, 3, 8].map { try SubjectID("subject-\($0)") }
    for subject in watched { try await gallery.update(subject, PersonChanges(lists: [watch])) }
    let even = Set(try stride(from: 2, through: 12, by: 2).map { try SubjectID("subject-\($0)") })
    let odd: @Sendable (SubjectID) -> Bool = { !even.contains($0) }
    let cases: [(Set<Label>?, Set<Label>?, (@Sendable (SubjectID) -> Bool)?, Set<SubjectID>)] = [
      ([watch], nil, nil, Set(watched)), ([watch, empty], nil, nil, Set(watched)),
      ([empty], nil, nil, []), ([], nil, nil, []), (nil, [visa], nil, even), (nil, [], nil, []),
      ([watch], [visa], nil, even.intersection(watched)), ([watch], nil, odd, [watched[1]]),
    ]
    let naive = try await NaiveSearch(gallery)
    for _ in 0..<2 {
      for (lists, categories, predicate, expected) in cases {
        var options = IdentificationOptions(limit: 50)
        (options.lists, options.categories, options.predicate) = (lists, categories, predicate)
        for probe in try probes {
          let found = try await gallery.identify(probe, options)
          #expect(found.candidates == (try naive.find(probe, among: expected)))
        }
      }
    }
    try await gallery.update(watched[0], PersonChanges(lists: []))
    var options = IdentificationOptions(limit: 50)
    options.lists = [watch]
    let found = try await gallery.identify(try TestPeople.faceProbe(20), options)
    #expect(Set(found.candidates.map(\.subject)) == Set(watched.dropFirst()))
    options.lists = [try Label("none")]
    await #expect(throws: GalleryError.listUnknown(try Label("none"))) {
      try await gallery.identify(try probes[0], options)
    }
  }

  @Test("A policy gives the score from which on subjects are listed")
  func policy() async throws {
    let test = try TestGallery()
    let gallery = try await filled(test, 1...12)
    let score = SimilarityScore(0.8)
    let options = IdentificationOptions(limit: 50, policy: .score(score))
    let found = try await gallery.identify(try TestPeople.faceProbe(50), options)
    #expect(found.threshold == score)
    #expect(found.candidates.map(\.subject.string) == ["subject-5"])
    await #expect(throws: DecisionPolicyError.calibrationMissing) {
      try await gallery.identify(
        try TestPeople.probe(30),
        IdentificationOptions(policy: .falsePositiveIdentificationRate(0.01))
      )
    }
  }

  @Test("What cannot be searched is refused with an error that says why")
  func refusals() async throws {
    let test = try TestGallery()
    let gallery = try await filled(test, 1...2)
    let model = try FaceModel(name: "test", version: "1")
    await #expect(throws: IndexError.dimension(expected: 64, found: 65)) {
      try await gallery.identify(.face(Array(repeating: 1, count: 65), model: model))
    }
    await #expect(throws: IndexError.limit(0)) {
      try await gallery.identify(try TestPeople.probe(1), IdentificationOptions(limit: 0))
    }
    let unknown = try FaceModel(name: "unknown")
    let none = try await gallery.identify(.face([1], model: unknown))
    #expect(none.candidates.isEmpty && none.coverage.total == 0)
    try await gallery.close()
    let closed = try await test.open(.readWrite, GalleryOptions(search: nil))
    await #expect(throws: GalleryError.searchOff(path: test.path)) {
      try await closed.identify(try TestPeople.probe(1))
    }
  }

  @Test("A probe is compared with every sample of a subject that may be of the same finger")
  func verification() async throws {
    let test = try TestGallery()
    let gallery = try await filled(test, 1...3)
    let subject = try SubjectID("subject-3")
    let found = try await gallery.verify(subject, try TestPeople.probe(30))
    #expect(
      found.comparisons.map(\.reference.string).sorted()
        == ["3/finger/0", "3/finger/1", "3/finger/3"]
    )
    #expect(found.comparisons[0].reference.string == "3/finger/0")
    let score = try #require(found.score)
    #expect(score >= FingerprintMatcher.verificationThreshold)
    let other = try await gallery.verify(try SubjectID("subject-2"), try TestPeople.probe(30))
    #expect(try #require(other.score) < score)
    let all = try await gallery.verify(subject, try TestPeople.probe(30), positions: .all)
    #expect(all.comparisons.count == 4)
    let face = try await gallery.verify(subject, try TestPeople.faceProbe(30))
    #expect(face.comparisons.map(\.reference.string) == ["3/face"])
    let searched = try await gallery.identify(try TestPeople.faceProbe(30))
    #expect(face.score == searched.candidates[0].score)
    let none = try await gallery.verify(
      subject,
      .face(Array(repeating: 1, count: 64), model: try FaceModel(name: "none"))
    )
    #expect(none.score == nil)
    let nobody = try SubjectID("nobody")
    await #expect(throws: GalleryError.subjectUnknown(nobody)) {
      try await gallery.verify(nobody, try TestPeople.probe(1))
    }
  }
}
