import BiomatchFingerprint
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Saved fingerprint index")
struct SavedIndexTests {
  private static func names(_ directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
  }

  private static func prints(_ count: Int, seed: UInt64) throws -> [StoredPrint] {
    var random = SeededGenerator(seed: seed)
    return try StoredPrint.random(count, using: &random)
  }

  /// Expects that a search finds those prints and no other.
  private func expect(_ index: FingerprintIndex, finds prints: [StoredPrint]) throws {
    let options = FingerprintSearchOptions.exhaustive(limit: 1000)
    for (probe, found) in try index.candidates(options).enumerated() {
      #expect(found == NaiveIndex(prints).candidates(ofProbe: probe, options), "probe \(probe)")
    }
  }

  @Test("adding and removing leave published files as they are")
  func immutability() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("index")
    let prints = try Self.prints(40, seed: 31)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(prints[..<30].map(\.entry))
    try index.save(to: path)
    #expect(try Self.names(path) == ["manifest.json", "rows-1-1.segment"])
    let first = try FileBytes.read(path + "/rows-1-1.segment")
    try index.append(prints[30...].map(\.entry))
    try index.save()
    #expect(try Self.names(path) == ["manifest.json", "rows-1-1.segment", "rows-2-1.segment"])
    try index.remove([prints[3].reference])
    try index.save()
    try index.remove([prints[35].reference])
    try index.save()
    #expect(
      try Self.names(path) == [
        "manifest.json", "removed-4.segment", "rows-1-1.segment", "rows-2-1.segment",
      ]
    )
    #expect(try FileBytes.read(path + "/rows-1-1.segment") == first)
    // Nothing to save: nothing is written.
    let manifest = try FileBytes.read(path + "/manifest.json")
    try index.save()
    #expect(try FileBytes.read(path + "/manifest.json") == manifest)
    let info = try index.snapshot().info()
    #expect((info.count, info.removed, info.segments, info.unsaved) == (38, 2, 2, 0))
    #expect(info.positions.values.reduce(0, +) == 38)
    try index.compact()
    try index.compact()
    #expect(try Self.names(path) == ["manifest.json", "rows-5-1.segment"])
    let opened = try FingerprintIndex(opening: path, matcher: Pool.matcher)
    try opened.verify()
    #expect(try opened.snapshot().info().removed == 0)
    try expect(opened, finds: prints.filter { ![prints[3], prints[35]].contains($0) })
  }

  @Test("many small saves leave few segments, and the marks of what was removed")
  func manySaves() throws {
    let directory = try TemporaryDirectory()
    let prints = try Self.prints(24, seed: 38)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.save(to: directory.path)
    for (step, print) in prints.enumerated() {
      try index.append([print.entry])
      if step.isMultiple(of: 5) { try index.remove([prints[step / 2].reference]) }
      try index.save()
      let opened = try FingerprintIndex(opening: directory.path, matcher: Pool.matcher)
      try opened.verify()
      #expect(try opened.snapshot().info().segments <= 5, "after \(step + 1) saves")
    }
    let removed = Set(stride(from: 0, to: 24, by: 5).map { prints[$0 / 2] })
    try expect(index, finds: prints.filter { !removed.contains($0) })
    try expect(
      try FingerprintIndex(opening: directory.path, matcher: Pool.matcher),
      finds: prints.filter { !removed.contains($0) }
    )
  }

  @Test("a print takes its packed bytes and five more", arguments: [true, false])
  func size(isSaved: Bool) throws {
    let directory = try TemporaryDirectory()
    let finger = SyntheticFinger(seed: 4, minutiae: 35)
    var conditions = SyntheticFinger.Conditions()
    (conditions.dropped, conditions.spurious, conditions.shown) = (0, 0, 1)
    let template = try FingerprintTemplate(view: finger.impression(seed: 1, conditions))
    #expect(template.minutiae.count == 35)
    let index = FingerprintIndex(matcher: Pool.matcher)
    let subject = try SubjectID("s")
    try index.append(
      (0..<10).map { number in
        FingerprintIndexEntry(
          reference: try ReferenceID("r\(number)"),
          subject: subject,
          template: template
        )
      }
    )
    if isSaved { try index.save(to: directory.path) }
    let info = try index.snapshot().info()
    #expect(info.bytesPerPrint <= 2400)
    let packed = Pool.matcher.describe(template).byteCount
    #expect(info.byteCount == 10 * (packed + 5))
  }

  @Test("a removed print does not return when its reference is used again")
  func reuse() throws {
    let directory = try TemporaryDirectory()
    var print = try Self.prints(1, seed: 32)[0]
    var index = FingerprintIndex(matcher: Pool.matcher)
    try index.save(to: directory.path)
    for template in 0..<8 {
      print.template = template
      try index.append([print.entry])
      if template.isMultiple(of: 2) { try index.save() }
      #expect(throws: IndexError.duplicateReference(print.reference)) {
        try index.append([print.entry])
      }
      try expect(index, finds: [print])
      if template.isMultiple(of: 3) {
        try index.save()
        index = try FingerprintIndex(opening: directory.path, matcher: Pool.matcher)
        try expect(index, finds: [print])
      }
      #expect(try index.remove([print.reference]) == 1)
      try expect(index, finds: [])
      try index.save()
      index = try FingerprintIndex(opening: directory.path, matcher: Pool.matcher)
      try index.verify()
      try expect(index, finds: [])
      #expect(index.count == 0)
    }
  }

  @Test("a removal is saved also where merging drops as many marks as are added")
  func marksOfMergedRows() throws {
    let directory = try TemporaryDirectory()
    let prints = try Self.prints(25, seed: 39)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(prints[..<20].map(\.entry))
    try index.save(to: directory.path)
    try index.append(prints[20..<23].map(\.entry))
    try index.save()
    try index.remove([prints[21].reference])
    try index.save()
    // The second segment is written anew, without the row that is marked in it.
    try index.remove([prints[4].reference])
    try index.append(prints[23...].map(\.entry))
    try index.save()
    let opened = try FingerprintIndex(opening: directory.path, matcher: Pool.matcher)
    try opened.verify()
    let info = try opened.snapshot().info()
    #expect((info.segments, info.removed, info.count) == (2, 1, 23))
    try expect(opened, finds: prints.filter { ![prints[4], prints[21]].contains($0) })
  }

  @Test("an index without prints is saved and opened")
  func empty() throws {
    let directory = try TemporaryDirectory()
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.save(to: directory.path)
    let opened = try FingerprintIndex(opening: directory.path, matcher: Pool.matcher)
    try opened.verify()
    try opened.compact()
    try expect(opened, finds: [])
    #expect(try opened.snapshot().info().bytesPerPrint == 0)
  }

  @Test("an index is saved beside another, never over it")
  func exists() throws {
    let directory = try TemporaryDirectory()
    let prints = try Self.prints(8, seed: 33)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(prints[..<4].map(\.entry))
    #expect(throws: IndexError.neverSaved) { try index.save() }
    try index.save(to: directory.file("a") + "/")
    #expect(index.directory == directory.file("a"))
    try index.save(to: directory.file("a"))
    let other = FingerprintIndex(matcher: Pool.matcher)
    try other.append(prints[4...].map(\.entry))
    #expect(throws: IndexError.exists(path: directory.file("a"))) {
      try other.save(to: directory.file("a"))
    }
    try other.save(to: directory.file("b"))
    try index.save(to: directory.file("c"))
    try index.append(prints[4...].map(\.entry))
    try index.save()
    let places: [(String, ArraySlice<StoredPrint>)] = [
      ("a", prints[..<4]), ("b", prints[4...]), ("c", prints[...]),
    ]
    for (name, prints) in places {
      let opened = try FingerprintIndex(opening: directory.file(name), matcher: Pool.matcher)
      try opened.verify()
      try expect(opened, finds: Array(prints))
    }
  }

  @Test("of two that save to one index the second is told, and loses nothing of the first")
  func lostUpdate() throws {
    let directory = try TemporaryDirectory()
    let prints = try Self.prints(9, seed: 34)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(prints[..<3].map(\.entry))
    try index.save(to: directory.path)
    let other = try FingerprintIndex(opening: directory.path, matcher: Pool.matcher)
    try index.append(prints[3..<6].map(\.entry))
    try other.append(prints[6...].map(\.entry))
    try index.save()
    for _ in 0..<2 {
      #expect(throws: IndexError.changed(path: directory.path)) { try other.save() }
      #expect(throws: IndexError.changed(path: directory.path)) { try other.compact() }
    }
    // Its own changes are still there, in memory.
    try expect(other, finds: Array(prints[..<3] + prints[6...]))
    let again = try FingerprintIndex(opening: directory.path, matcher: Pool.matcher)
    try again.append(prints[6...].map(\.entry))
    try again.save()
    try expect(
      try FingerprintIndex(opening: directory.path, matcher: Pool.matcher),
      finds: prints
    )
  }

  @Test("two that save at the same time are kept apart")
  func locked() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.path
    try FingerprintIndex(matcher: Pool.matcher).save(to: path)
    let prints = try Self.prints(16, seed: 35)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for print in prints[writer * 4..<writer * 4 + 4] {
            while true {
              do {
                let index = try FingerprintIndex(opening: path, matcher: Pool.matcher)
                try index.append([print.entry], threads: 1)
                try index.save()
                break
              } catch IndexError.changed(path), IndexError.locked(path) {
                await Task.yield()
              }
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let index = try FingerprintIndex(opening: path, matcher: Pool.matcher)
    try index.verify()
    try expect(index, finds: prints)
  }

  @Test("who has an index open keeps it while it is compacted")
  func openReader() throws {
    let directory = try TemporaryDirectory()
    let prints = try Self.prints(30, seed: 36)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(prints.map(\.entry))
    try index.save(to: directory.path)
    let reader = try FingerprintIndex(opening: directory.path, matcher: Pool.matcher)
    try index.remove(prints[..<10].map(\.reference))
    try index.compact()
    try expect(reader, finds: prints)
    try reader.snapshot().info().positions.values.forEach { #expect($0 > 0) }
  }

  @Test("who has an index open verifies it also after another has saved")
  func verifyingReader() throws {
    let directory = try TemporaryDirectory()
    let prints = try Self.prints(10, seed: 30)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(prints.map(\.entry))
    try index.remove([prints[0].reference])
    try index.save(to: directory.path)
    try index.remove([prints[1].reference])
    try index.save()
    let reader = try FingerprintIndex(opening: directory.path, matcher: Pool.matcher)
    try index.remove([prints[2].reference])
    try index.save()
    #expect(try Self.names(directory.path).contains("removed-3.segment"))
    try reader.verify()
    try index.verify()
    try index.compact()
    try reader.verify()
    try expect(reader, finds: Array(prints[2...]))
  }

  @Test("what a killed process left behind is removed, and nothing else")
  func leftovers() throws {
    let directory = try TemporaryDirectory()
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(try Self.prints(3, seed: 37).map(\.entry))
    let left = [
      "rows-1-1.segment.3x9.tmp", "rows-7-1.segment", "removed-2.segment", "manifest.json.a.tmp",
    ]
    let foreign = ["notes.txt", "rows-x.segment", "rows-1.segment", "other.json.a.tmp"]
    for name in left + foreign { try FileBytes.write([1], to: directory.file(name)) }
    try index.save(to: directory.path)
    #expect(
      try Self.names(directory.path) == (foreign + ["manifest.json", "rows-1-1.segment"]).sorted()
    )
  }
}
