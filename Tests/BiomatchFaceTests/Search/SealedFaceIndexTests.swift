import BiomatchCrypto
import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchFace

@Suite("Sealed face index")
struct SealedFaceIndexTests {
  private static func key() throws -> IndexKey {
    try IndexKey(.random(count: IndexKey.secretSize))
  }

  private static func faces(_ count: Int, seed: UInt64) throws -> [StoredFace] {
    var random = SeededGenerator(seed: seed)
    return try StoredFace.random(count, using: &random)
  }

  /// Whether any file of the directory has those bytes.
  private static func files(_ path: String, have bytes: some Sequence<UInt8>) throws -> Bool {
    let bytes = Data(bytes)
    return try SavedFiles(path).files.values.contains { Data($0).range(of: bytes) != nil }
  }

  @Test(
    "what is saved, changed, saved, opened and compacted is found, bit by bit as without sealing"
  )
  func course() throws {
    let directory = try TemporaryDirectory()
    let faces = try Self.faces(300, seed: 71)
    let key = try Self.key()
    let sealed = directory.file("sealed")
    let plain = directory.file("plain")
    let indexes = [try FaceIndex.ofPool(), try FaceIndex.ofPool()]
    let options = [
      FaceSearchOptions(limit: 10_000, threads: 3), FaceSearchOptions(limit: 5),
      FaceSearchOptions(limit: 9, threshold: SimilarityScore(0.2), threads: 2),
    ]
    func compare() throws {
      for options in options {
        let expected = try indexes[0].candidates(options)
        #expect(try indexes[1].candidates(options) == expected)
        let opened = try FaceIndex(opening: sealed, sealedBy: key)
        #expect(try opened.candidates(options) == expected)
        try opened.verify()
        #expect(try opened.candidates(options) == expected)
      }
    }
    for index in indexes { try index.append(faces[..<200]) }
    try indexes[0].save(to: plain)
    try indexes[1].save(to: sealed, sealedBy: key)
    #expect(!indexes[0].isSealed && indexes[1].isSealed)
    try compare()
    for index in indexes {
      try index.append(faces[200...])
      try index.remove([faces[3].reference, faces[250].reference])
      try index.save()
    }
    try compare()
    for index in indexes { try index.purge() }
    try compare()
    for index in indexes { try index.compact() }
    try compare()
    let reference = faces[17].reference.string.utf8
    #expect(try Self.files(plain, have: reference))
    #expect(try !Self.files(sealed, have: reference))
    // Not one that starts with zeros, which the files have everywhere.
    let face = try #require(
      faces.dropFirst(10).first { FacePool.vectors[$0.vector].prefix(8).allSatisfy { $0 != 0 } }
    )
    let vector = UnitFaceVectors(FacePool.vectors([face.vector])).values
    let bytes = vector.withUnsafeBytes { [UInt8]($0.prefix(32)) }
    #expect(try Self.files(plain, have: bytes))
    #expect(try !Self.files(sealed, have: bytes))
  }

  @Test("a segment with codes in a basis is sealed like others")
  func basis() throws {
    let directory = try TemporaryDirectory()
    let key = try Self.key()
    var kind = try FaceIndex.ofPool().store.kind
    kind.fittedRowCount = 100
    let faces = try Self.faces(1500, seed: 72)
    var found: [[[Candidate]]] = []
    for (name, key) in [("plain", nil), ("sealed", key)] as [(String, IndexKey?)] {
      let index = FaceIndex(IndexStore(kind))
      try index.append(faces)
      try index.save(to: directory.file(name), sealedBy: key)
      let opened = try FaceIndex(opening: directory.file(name), sealedBy: key)
      found.append(try opened.candidates(FaceSearchOptions(limit: 50, threads: 2)))
      try opened.verify()
    }
    #expect(found[0] == found[1])
    #expect(found[0] == NaiveFaces(faces).candidates(FaceSearchOptions(limit: 50)))
  }

  @Test("a missing, a wrong and a needless key are typed errors that say what to do")
  func keys() throws {
    let directory = try TemporaryDirectory()
    let (plain, sealed) = (directory.file("plain"), directory.file("sealed"))
    let key = try Self.key()
    let index = try FaceIndex.ofPool()
    try index.append(try Self.faces(20, seed: 73))
    try index.save(to: plain)
    #expect(throws: IndexError.notSealed(path: plain)) {
      try FaceIndex(opening: plain, sealedBy: key)
    }
    #expect(throws: IndexError.notSealed(path: plain)) { try index.save(to: plain, sealedBy: key) }
    #expect(throws: IndexError.notSealed(path: plain)) { try index.changeKey(to: key) }
    try index.save(to: sealed, sealedBy: key)
    #expect(throws: IndexError.sealed(path: sealed)) { try FaceIndex(opening: sealed) }
    let other = try Self.key()
    #expect(throws: IndexError.wrongKey(path: sealed)) {
      try FaceIndex(opening: sealed, sealedBy: other)
    }
    let errors = [
      IndexError.notSealed(path: plain), .sealed(path: sealed), .wrongKey(path: sealed),
    ]
    #expect(errors.map(\.code) == ["index.not-sealed", "index.sealed", "index.key"])
    // What is sealed once stays so in copies and under another rotation.
    let copy = directory.file("copy")
    try index.save(to: copy)
    _ = try FaceIndex(opening: copy, sealedBy: key)
    let renewed = directory.file("renewed")
    _ = try index.rekeyed(to: nil, savingTo: renewed)
    #expect(try FaceIndex(opening: renewed, sealedBy: key).count == 20)
  }

  @Test("files of other indexes, of other times and out of place are refused")
  func transplants() throws {
    let directory = try TemporaryDirectory()
    let (path, plain) = (directory.file("sealed"), directory.file("plain"))
    let key = try Self.key()
    let faces = try Self.faces(60, seed: 74)
    let index = try FaceIndex.ofPool()
    try index.append(faces[..<40])
    try index.save(to: path, sealedBy: key)
    let old = try SavedFiles(path).files
    try index.append(faces[40..<59])
    try index.save()
    let open = try FaceIndex.ofPool()
    try open.append(faces[..<40])
    try open.save(to: plain)
    let saved = try SavedFiles(path)
    let names = ["rows-1-1.segment", "rows-2-1.segment"]
    #expect(saved.files.keys.sorted() == ["manifest.json"] + names)
    func code(_ name: String, _ bytes: [UInt8]?) throws -> String? {
      try saved.replacing(name, with: bytes) {
        do throws(IndexError) {
          try FaceIndex(opening: path, sealedBy: key).verify()
          return nil
        } catch {
          return error.code
        }
      }
    }
    #expect(try code(names[0], saved.files[names[1]]) == "index.mismatch")
    #expect(
      try code(names[0], try FileBytes.read(plain + "/rows-1-1.segment")) == "segment.not-sealed"
    )
    #expect(
      try code("manifest.json", try FileBytes.read(plain + "/manifest.json")) == "index.not-sealed"
    )
    var segment = try #require(saved.files[names[0]])
    segment[segment.count / 2] ^= 1
    #expect(try code(names[0], segment) == "segment.corrupt")
    #expect(try code(names[0], nil) == "index.missing-file")

    // The manifest with a member changed, and its checksum made right.
    let manifest = String(decoding: try #require(saved.files["manifest.json"]), as: UTF8.self)
    for (text, other) in [
      ("\"rows\": 19", "\"rows\": 18"), ("\"generation\": 2", "\"generation\": 1"),
      ("\"revision\": 2", "\"revision\": 3"), ("rows-2-1", "rows-2-2"),
    ] {
      #expect(manifest.contains(text))
      let changed = manifest.replacing(text, with: other)
      let lines = changed.split(separator: "\n", omittingEmptySubsequences: false)
      let head = lines.prefix(while: { !$0.hasPrefix("  \"checksum\"") }).joined(separator: "\n")
      let sum = String(CRC32C.checksum(of: Array("\(head)\n".utf8)), radix: 16)
      let padded = String(repeating: "0", count: 8 - sum.count) + sum
      let forged = "\(head)\n  \"checksum\": \"\(padded)\"\n}\n"
      #expect(try code("manifest.json", Array(forged.utf8)) == "index.key")
    }
    // A whole older manifest is one of this index: the reader cannot know that it is not the last.
    #expect(try code("manifest.json", old["manifest.json"]) == nil)
  }

  @Test("a changed block is found by the first search that touches it")
  func search() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("sealed")
    let key = try Self.key()
    let index = try FaceIndex.ofPool()
    try index.append(try Self.faces(40, seed: 75))
    try index.save(to: path, sealedBy: key)
    let name = path + "/rows-1-1.segment"
    var bytes = try FileBytes.read(name)
    let parts = index.snapshot().content.parts
    guard case .saved(let rows) = parts[0],
      let section = rows.rows.segment.section(SavedFaces.upperLabel)
    else {
      Issue.record("the rows are saved")
      return
    }
    bytes[section.offset + 100] ^= 0x10
    try Data(bytes).write(to: URL(filePath: name))
    let opened = try FaceIndex(opening: path, sealedBy: key)
    #expect(throws: IndexError.self) { try opened.candidates(FaceSearchOptions(limit: 5)) }
    #expect(throws: IndexError.self) { try opened.verify() }
  }

  @Test("another key takes the place of the first, and no segment is written")
  func rotation() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("sealed")
    let (old, new) = (try Self.key(), try Self.key())
    let faces = try Self.faces(60, seed: 76)
    let index = try FaceIndex.ofPool()
    #expect(throws: IndexError.neverSaved) { try index.changeKey(to: new) }
    try index.append(faces[..<40])
    try index.save(to: path, sealedBy: old)
    let other = try FaceIndex(opening: path, sealedBy: old)
    let before = try SavedFiles(path).files
    try index.append(faces[40...])
    try index.changeKey(to: new)
    let after = try SavedFiles(path).files
    #expect(before["rows-1-1.segment"] == after["rows-1-1.segment"] && after.count == 2)
    #expect(throws: IndexError.wrongKey(path: path)) { try FaceIndex(opening: path, sealedBy: old) }
    #expect(try FaceIndex(opening: path, sealedBy: new).count == 40)
    // What was not saved is saved by the new key; whoever had the index open finds it changed.
    try index.save()
    #expect(try FaceIndex(opening: path, sealedBy: new).count == 60)
    try other.remove([faces[0].reference])
    #expect(throws: IndexError.changed(path: path)) { try other.save() }
    #expect(throws: IndexError.changed(path: path)) { try other.changeKey(to: old) }
    try FaceIndex(opening: path, sealedBy: new).verify()
    // Whoever saves to the index's own place by another key gets that one.
    try index.remove([faces[1].reference])
    try index.save(to: path, sealedBy: old)
    #expect(try FaceIndex(opening: path, sealedBy: old).count == 59)
  }

  @Test("a loss of power while the key is changed leaves the index under one key or the other")
  func powerLoss() throws {
    let directory = try TemporaryDirectory()
    let (old, new) = (try Self.key(), try Self.key())
    let index = try FaceIndex.ofPool()
    try index.append(try Self.faces(20, seed: 77))
    try index.save(to: directory.file("index"), sealedBy: old)
    let disk = try ForgetfulDisk(directory: directory.path)
    let events = try ForgetfulDisk.events { try index.changeKey(to: new) }
    var found: Set<[Bool]> = []
    var seen: Set<ForgetfulDisk.Files> = []
    try disk.forEachLoss(during: events) { step, files in
      guard seen.insert(files).inserted || step == events.count else { return }
      let copy = try TemporaryDirectory()
      try SavedFiles.write(files, to: copy.path)
      let opens = [old, new].map { key in
        let opened = try? FaceIndex(opening: copy.file("index"), sealedBy: key)
        return (try? opened?.verify()) != nil
      }
      #expect(opens[0] != opens[1])
      found.insert(opens)
      if step == events.count { #expect(opens == [false, true]) }
    }
    #expect(found.count == 2)
  }

  @Test("removed vectors and their identifiers are gone from the files after purging")
  func erasure() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("index")
    var faces = try Self.faces(120, seed: 78)
    // One vector that no other row has.
    let gone = try StoredFace(
      reference: ReferenceID("to-be-erased"),
      subject: SubjectID("person-to-be-erased"),
      vector: 0
    )
    faces = faces.filter { FacePool.vectors[$0.vector] != FacePool.vectors[0] }
    let index = try FaceIndex.ofPool()
    try index.append(faces[..<50])
    try index.save(to: path)
    try index.append([gone] + faces[50...])
    try index.save(mergingUpTo: 0)
    let vector = UnitFaceVectors(FacePool.vectors([0])).values.withUnsafeBytes { [UInt8]($0) }
    let kept = try FileBytes.read(path + "/rows-1-1.segment")
    func isThere() throws -> [Bool] {
      try [
        Self.files(path, have: vector), Self.files(path, have: "to-be-erased".utf8),
        Self.files(path, have: "person-to".utf8),
      ]
    }
    #expect(try isThere() == [true, true, true])
    #expect(try index.remove(subjects: [gone.subject]) == 1)
    try index.save(mergingUpTo: 0)
    #expect(try isThere() == [true, true, true])
    try index.purge()
    #expect(try isThere() == [false, false, false])
    #expect(try FileBytes.read(path + "/rows-1-1.segment") == kept)
    let opened = try FaceIndex(opening: path)
    try opened.verify()
    let options = FaceSearchOptions(limit: 200)
    #expect(try opened.candidates(options) == NaiveFaces(faces).candidates(options))
  }
}
