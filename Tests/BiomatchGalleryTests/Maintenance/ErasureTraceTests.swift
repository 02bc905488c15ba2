import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchGallery

@Suite("What the files hold of people who were erased")
struct ErasureTraceTests {
  /// How the person came to be in the files, and who erases them.
  enum Course: CaseIterable {
    /// The indexes are in memory, and the records in the log.
    case fresh
    /// The indexes are saved, and opened again.
    case reopened
    /// The process that erases knows nothing of indexes.
    case withoutSearch
  }

  @Test(
    "After the receipt no file has anything of the subject in any form, and all of the others",
    arguments: [true, false],
    Course.allCases
  )
  func files(isSealed: Bool, course: Course) async throws {
    let test = try TestGallery()
    let sealing: GallerySealing = isSealed ? .sealed(test.key) : .clear
    var gallery = try await Gallery.create(at: test.path, sealing: sealing)
    let people = try (100..<140).map { try TestPeople.person($0) }
    for person in people { try await gallery.enrol(person) }
    let (erased, other) = (people[20], people[21])
    var traces = try PersonTraces(of: erased)
    try await traces.addSealed(gallery, erased.subject)
    // What an update took away counts, too.
    var updated = erased
    updated.samples = [try TestPeople.face("after the update", seed: 9)]
    updated.demographics.names[0].primary = "NOVÁKOVÁ"
    let changes = PersonChanges(
      demographics: updated.demographics,
      removed: [erased.samples[2].reference],
      added: updated.samples
    )
    func change() async throws -> [PersonTraces] {
      try await gallery.update(erased.subject, changes)
      var later = try PersonTraces(of: updated)
      try await later.addSealed(gallery, erased.subject)
      return [traces, later]
    }

    var all = [traces]
    if course == .fresh {
      all = try await change()
    } else {
      try await gallery.close()
      let options = GalleryOptions(search: course == .withoutSearch ? nil : .init())
      gallery = try await Gallery.open(
        at: test.path,
        key: isSealed ? test.key : nil,
        options: options
      )
      let before = try Self.files(test)
      // Otherwise the search would prove nothing.
      expect(traces.named + traces.sealed, areFound: true, in: before)
      expect(traces.plain + traces.indexed, areFound: !isSealed, in: before)
      all = try await change()
    }
    let segments = isSealed ? try Self.segments(test) : []
    let before = try Self.files(test)
    expect(all[1].named + all[1].sealed + segments, areFound: true, in: before)
    expect(all[1].plain, areFound: !isSealed, in: before)
    expect(all.flatMap(\.key), areFound: false, in: before)

    _ = try await gallery.erase(erased.subject)
    let after = try Self.files(test)
    expect(all.flatMap(\.all) + segments, areFound: false, in: after)
    var others = try PersonTraces(of: other)
    try await others.addSealed(gallery, other.subject)
    expect(others.named + others.sealed, areFound: true, in: after)
    expect(others.plain, areFound: !isSealed, in: after)
    try await gallery.close()
    expect(all.flatMap(\.all) + segments, areFound: false, in: try Self.files(test))
  }

  @Test(
    "Not even the space that no row uses keeps a name of anybody of a thousand who were erased",
    arguments: [5] as [UInt64]
  )
  func unusedSpace(seed: UInt64) async throws {
    let test = try TestGallery()
    let gallery = try await test.create(GalleryOptions(search: nil))
    var random = SeededGenerator(seed: seed)
    var present: Set<Int> = []
    var erased: Set<Int> = []
    for _ in 0..<30 {
      // Names in no order have pages share out their rows: one in some thousand leaves a copy behind.
      var new: Set<Int> = []
      while new.count < 100 { new.insert(.random(in: 100_000...999_999, using: &random)) }
      new.subtract(present.union(erased))
      try await gallery.fill(
        try new.sorted().shuffled(using: &random).map { number in
          Person(
            subject: try SubjectID("subject-number-\(number)"),
            samples: [try TestPeople.face("face-number-\(number)", seed: 1)]
          )
        }
      )
      present.formUnion(new)
      let chosen = present.sorted().shuffled(using: &random).prefix(40)
      _ = try await gallery.erase(chosen.map { try SubjectID("subject-number-\($0)") })
      present.subtract(chosen)
      erased.formUnion(chosen)
      let records = try Data(contentsOf: URL(filePath: test.path + "/gallery.sqlite"))
      for number in chosen {
        for name in ["subject-number-\(number)", "face-number-\(number)"] {
          #expect(records.range(of: Data(name.utf8)) == nil, "\(name), seed \(seed)")
        }
      }
    }
  }

  private func expect(
    _ traces: [PersonTraces.Trace],
    areFound: Bool,
    in files: [Data],
    _ location: SourceLocation = #_sourceLocation
  ) {
    for trace in traces {
      #expect(trace.isFound(in: files) == areFound, "\(trace.name)", sourceLocation: location)
    }
  }

  /// The content of every file of the gallery, logs and indexes too.
  private static func files(_ test: TestGallery) throws -> [Data] {
    try names(test).compactMap { FileManager.default.contents(atPath: $0) }
  }

  /// What the segments of sealed indexes hold now; the rows of one person cannot be told from others.
  private static func segments(_ test: TestGallery) throws -> [PersonTraces.Trace] {
    try names(test).filter { $0.contains("/rows-") }.map { name in
      let bytes = try Data(contentsOf: URL(filePath: name))
      return PersonTraces.Trace("\(name)", pieces: Array(bytes.dropFirst(4096).prefix(1024)))
    }
  }

  private static func names(_ test: TestGallery) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: test.path).map { test.path + "/" + $0 }
  }
}
