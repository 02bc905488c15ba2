import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Indexes of any kind")
struct IndexStoreTests {
  @Test(
    "any course of changes, saves and openings leaves what a dictionary would have",
    arguments: UInt64(0)..<8
  )
  func courses(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("index")
    var random = SeededGenerator(seed: seed)
    var store = IndexStore(NoteKind(author: "me"))
    var (notes, saved): ([String: UInt32], [String: UInt32]?) = ([:], nil)
    for step in 0..<60 {
      switch Int.random(in: 0..<11, using: &random) {
      case 0..<4:
        let batches = (0..<Int.random(in: 1...2, using: &random)).map { batch in
          (0..<Int.random(in: 1...9, using: &random)).map { row in
            ("\(step).\(batch).\(row)", UInt32.random(in: 0..<1000, using: &random))
          }
        }
        try store.append(batches, areNew: Bool.random(using: &random))
        for (reference, number) in batches.joined() { notes[reference] = number }
      case 4, 5:
        let removed = notes.keys.sorted().filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
        let count = try store.remove(try (removed + ["never"]).map { try ReferenceID($0) })
        #expect(count == removed.count)
        for reference in removed { notes[reference] = nil }
      case 6, 7:
        try saved == nil ? store.save(to: path) : store.save()
        saved = notes
      case 8:
        try store.compact()
        #expect(store.snapshot.rowCount == notes.count)
        if saved != nil { saved = notes }
      case 9:
        try store.purge()
        #expect(store.snapshot.rowCount == notes.count)
        if saved != nil { saved = notes }
      default:
        guard let old = saved else { continue }
        store = try .opening(path)
        notes = old
      }
      #expect(try store.notes() == notes, "seed \(seed), step \(step)")
    }
    try store.verify()
    let unknown = try store.unknown(try (notes.keys + ["never"]).map { try ReferenceID($0) })
    #expect(unknown == [try ReferenceID("never")])
  }

  @Test("a kind's limits decide about segments: batches that are saved one by one leave few")
  func limits() throws {
    let directory = try TemporaryDirectory()
    let store = IndexStore(NoteKind(author: "me"))
    try store.save(to: directory.path)
    for batch in 0..<25 {
      try store.append([[("\(batch)", 1)]])
      try store.save()
    }
    let counts = store.snapshot.parts.map(\.rowCount)
    #expect(counts.reduce(0, +) == 25 && counts.allSatisfy { $0 <= 7 } && counts.count <= 6)
    try store.compact()
    #expect(store.snapshot.parts.map(\.rowCount) == [7, 7, 7, 4])
    #expect(store.fileNames.count == 4)
    try store.verify()
  }

  @Test("a reference that is there already, in memory or saved, is refused, and nothing is added")
  func duplicates() throws {
    let directory = try TemporaryDirectory()
    let store = IndexStore(NoteKind(author: "me"))
    try store.append([[("a", 1), ("b", 2)]])
    for isSaved in [false, true] {
      if isSaved { try store.save(to: directory.path) }
      #expect(throws: IndexError.duplicateReference(try ReferenceID("b"))) {
        try store.append([[("c", 3)], [("b", 4)]])
      }
      #expect(try store.notes() == ["a": 1, "b": 2])
    }
    #expect(throws: IndexError.duplicateReference(try ReferenceID("b"))) {
      try IndexError.checkDistinct(["a", "b", "c", "b"].map { try ReferenceID($0) })
    }
  }

  @Test("a caller who knows that references are new is believed as far as saved rows go")
  func knownToBeNew() throws {
    let directory = try TemporaryDirectory()
    let store = IndexStore(NoteKind(author: "me"))
    try store.append([[("a", 1)]], areNew: true)
    #expect(throws: IndexError.duplicateReference(try ReferenceID("a"))) {
      try store.append([[("a", 2)]], areNew: true)
    }
    try store.save(to: directory.path)
    // Saved rows are not read: that they are damaged does not show.
    let path = directory.file("rows-1-1.segment")
    var bytes = try FileBytes.read(path)
    for index in 4096..<8192 { bytes[index] ^= 0xFF }
    try FileBytes.write(bytes, to: path)
    let damaged = try IndexStore<NoteKind>.opening(directory.path)
    #expect(throws: IndexError.self) { try damaged.append([[("b", 2)]]) }
    try damaged.append([[("b", 2)]], areNew: true)
    #expect(damaged.snapshot.count == 2)
  }

  @Test("what a kind finds wrong is found by verifying")
  func kindVerifies() throws {
    let directory = try TemporaryDirectory()
    let store = IndexStore(NoteKind(author: "me"))
    try store.append([[("a", 1), ("b", .max)]])
    try store.save(to: directory.path)
    let damage = IndexError.corruptRows(
      path: directory.file("rows-1-1.segment"),
      row: 1,
      section: NoteKind.numbers
    )
    #expect(throws: damage) { try store.verify() }
  }

  @Test("an index of another author, or of another kind, is a typed error")
  func foreign() throws {
    let directory = try TemporaryDirectory()
    let store = IndexStore(NoteKind(author: "me"))
    try store.save(to: directory.path)
    let other = NoteKind(author: "you")
    #expect(
      throws: IndexError.wrongParameters(
        path: directory.path,
        expected: other.parameters,
        found: store.kind.parameters
      )
    ) { try IndexStore(opening: directory.path) { _ in other } }
    let format = IndexFormat(kind: "other", removals: "other-removals", engine: "other-1")
    #expect(throws: IndexError.foreign(path: directory.file("manifest.json"), kind: "other")) {
      try IndexDirectory(path: directory.path).manifest(format)
    }
  }
}
