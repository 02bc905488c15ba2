import BiomatchCore
import BiomatchTestSupport
import Foundation
import Synchronization
import Testing

@Suite("What a save writes anew")
struct IndexMergingTests {
  private static let limits = IndexLimits(
    rowsPerSegment: 1 << 20,
    mergedRowCount: 64,
    mergedByteCount: 32
  )

  private static func store() -> IndexStore<NoteKind> {
    var kind = NoteKind(author: "me")
    kind.limits = limits
    return IndexStore(kind)
  }

  /// How many bytes are written to files with rows.
  private static func written(_ body: () throws -> Void) throws -> Int {
    let rows = try ForgetfulDisk.events(of: body).reduce(0) { sum, event in
      if case .append(let path, let bytes) = event, path.contains("rows-") {
        return sum + bytes.count
      }
      return sum
    }
    return rows
  }

  @Test(
    "batches that are saved one by one leave a logarithmic number of segments, and a row is rarely written",
    arguments: [1, 7]
  )
  func tiers(batch: Int) throws {
    let directory = try TemporaryDirectory()
    let store = Self.store()
    try store.save(to: directory.path)
    let saves = 300
    var (rows, most) = (0, 0)
    for save in 0..<saves {
      try store.append([(0..<batch).map { ("\(save).\($0)", 1) }])
      try store.save(mergingUpTo: .max)
      let counts = store.snapshot.parts.map(\.rowCount)
      // A segment has at least twice as many rows as all behind it would write.
      #expect(counts.count <= Int(log2(Double(save + 1))) + 1, "\(counts)")
      most = max(most, counts.count)
      rows += store.snapshot.parts.last?.rowCount ?? 0
    }
    #expect(most > 2)
    #expect(rows <= saves * batch * (Int(log2(Double(saves))) + 1))
    #expect(store.snapshot.count == saves * batch)
    try store.verify()
  }

  @Test("a save of a few rows does not write many anew, unless their segments are small")
  func bytesWritten() throws {
    let directory = try TemporaryDirectory()
    let store = Self.store()
    try store.append([(0..<4000).map { ("a\($0)", 1) }])
    let first = try Self.written { try store.save(to: directory.path) }
    try store.append([(0..<1000).map { ("b\($0)", 1) }])
    let second = try Self.written { try store.save(mergingUpTo: .max) }
    #expect(second < first / 2)
    #expect(store.snapshot.parts.map(\.rowCount) == [4000, 1000])
    try store.append([(0..<600).map { ("c\($0)", 1) }])
    try store.save(mergingUpTo: 1599)
    #expect(store.snapshot.parts.map(\.rowCount) == [4000, 1000, 600])
    try store.append([(0..<400).map { ("d\($0)", 1) }])
    try store.save(mergingUpTo: .max)
    // 400 with 600, then with 1000, then with 4000, which is not less than twice as many.
    #expect(store.snapshot.parts.map(\.rowCount) == [4000, 2000])
    try store.append([[("e", 1)]])
    try store.save()
    #expect(store.snapshot.parts.map(\.rowCount) == [4000, 2000, 1])
    try store.verify()
  }

  @Test(
    "purging writes only segments with removed rows anew, and leaves nothing of these rows in files"
  )
  func purging() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("index")
    let store = Self.store()
    try store.save(to: path)
    for name in ["alpha", "bravo", "charlie"] {
      try store.append([(0..<100).map { ("\(name)-\($0)", UInt32($0)) }])
      try store.save(mergingUpTo: 0)
    }
    let names = store.fileNames
    #expect(names.count == 3)
    _ = try store.remove(["bravo-17", "bravo-99"].map { try ReferenceID($0) })
    try store.save(mergingUpTo: 0)
    #expect(try Self.files(path, have: "bravo-17") == true)
    try store.append([[("delta", 5)]])
    _ = try store.remove([try ReferenceID("bravo-18")])
    try store.purge()
    for gone in ["bravo-17", "bravo-18", "bravo-99"] {
      #expect(try Self.files(path, have: gone) == false)
    }
    #expect(try Self.files(path, have: "bravo-20") == true)
    #expect(store.snapshot.removed.count == 0 && store.snapshot.count == 298)
    #expect(store.snapshot.parts.map(\.rowCount) == [100, 97, 100, 1])
    // The others are the files that were there.
    #expect(store.fileNames.contains(names[0]) && store.fileNames.contains(names[2]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 5)
    let events = try ForgetfulDisk.events { try store.purge() }
    #expect(events.isEmpty)
    let opened = try IndexStore<NoteKind>.opening(path, limits: Self.limits)
    try opened.verify()
    #expect(try opened.notes() == store.notes())
    #expect(try opened.notes()["charlie-3"] == 3)
  }

  @Test(
    "a segment whose every row is removed goes altogether, neighbours that have some become one"
  )
  func neighbours() throws {
    let directory = try TemporaryDirectory()
    let store = Self.store()
    try store.save(to: directory.path)
    for name in ["a", "b", "c", "d"] {
      try store.append([(0..<10).map { ("\(name)\($0)", 1) }])
      try store.save(mergingUpTo: 0)
    }
    _ = try store.remove((0..<10).map { try ReferenceID("b\($0)") } + [try ReferenceID("c0")])
    try store.purge()
    #expect(store.snapshot.parts.map(\.rowCount) == [10, 9, 10])
    _ = try store.remove((0..<10).map { try ReferenceID("a\($0)") })
    try store.purge()
    #expect(store.snapshot.parts.map(\.rowCount) == [9, 10])
    _ = try store.remove((0..<10).flatMap { ["c\($0)", "d\($0)"] }.map { try ReferenceID($0) })
    try store.purge()
    #expect(store.snapshot.parts.isEmpty && store.fileNames.isEmpty)
    try store.append([[("a1", 7)]])
    try store.save()
    let opened = try IndexStore<NoteKind>.opening(directory.path)
    try opened.verify()
    #expect(try opened.notes() == ["a1": 7])
  }

  @Test("a loss of power while purging leaves the old index or the purged one")
  func powerLoss() throws {
    let directory = try TemporaryDirectory()
    let store = Self.store()
    try store.append([(0..<20).map { ("a\($0)", 1) }])
    try store.save(to: directory.file("index"))
    try store.append([(0..<20).map { ("b\($0)", 2) }])
    try store.save(mergingUpTo: 0)
    let old = try store.notes()
    let disk = try ForgetfulDisk(directory: directory.path)
    let events = try ForgetfulDisk.events {
      _ = try store.remove([try ReferenceID("a3")])
      try store.purge()
    }
    let new = try store.notes()
    var found: Set<[String: UInt32]> = []
    var seen: Set<ForgetfulDisk.Files> = []
    try disk.forEachLoss(during: events) { step, files in
      guard seen.insert(files).inserted || step == events.count else { return }
      let copy = try TemporaryDirectory()
      try SavedFiles.write(files, to: copy.path)
      let opened = try IndexStore<NoteKind>.opening(copy.file("index"), limits: Self.limits)
      try opened.verify()
      found.insert(try opened.notes())
      if step == events.count { #expect(try opened.notes() == new) }
    }
    #expect(found == [old, new])
  }

  @Test("all rows of a person are removed, saved or not")
  func subjects() throws {
    let directory = try TemporaryDirectory()
    let store = Self.store()
    try store.append([[("a", 1), ("b", 2), ("c", 1)]])
    try store.save(to: directory.path)
    try store.append([[("d", 2), ("e", 1)]])
    #expect(try store.remove(subjects: [try SubjectID("s1"), try SubjectID("s9")]) == 3)
    #expect(try store.notes() == ["b": 2, "d": 2])
    #expect(try store.remove(subjects: [try SubjectID("s1")]) == 0)
  }

  private static func files(_ path: String, have text: String) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: path).contains { name in
      Data(try FileBytes.read(path + "/" + name)).range(of: Data(text.utf8)) != nil
    }
  }
}
