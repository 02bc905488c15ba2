import BiomatchTestSupport
import BiomatchFingerprint
import Testing

@testable import BiomatchFace

@Suite("Damaged directories of face indexes")
struct FaceIndexDamageTests {
  private static let options = FaceSearchOptions(limit: 1000)

  /// An index with two segments and removals, and what it finds.
  private final class Golden {
    let directory: TemporaryDirectory
    let saved: SavedFiles
    let candidates: [[Candidate]]
    let references: [ReferenceID]

    var path: String { directory.file("index") }

    init() throws {
      directory = try TemporaryDirectory()
      var random = SeededGenerator(seed: 41)
      let faces = try StoredFace.random(120, using: &random)
      references = faces.map(\.reference)
      let index = try FaceIndex.ofPool()
      try index.append(faces[..<90])
      let path = directory.file("index")
      try index.save(to: path)
      try index.append(faces[90...])
      try index.remove(faces[70..<95].map(\.reference))
      try index.save()
      candidates = try index.candidates(FaceIndexDamageTests.options)
      saved = try SavedFiles(path)
    }

    /// The error of opening, searching, finding references and verifying with another content of one
    /// file, `nil` for none; whatever is found must be right.
    func error(_ name: String, _ bytes: [UInt8]?) throws -> IndexError? {
      try saved.replacing(name, with: bytes) {
        do {
          let index = try FaceIndex(opening: path)
          do {
            let snapshot = index.snapshot()
            let probes = try snapshot.prepare(FacePool.probes)
            let results = try snapshot.searchBlocking(probes, FaceIndexDamageTests.options)
            #expect(results.map(\.candidates) == candidates, "\(name)")
            #expect(try index.unknown(references).count == 25, "\(name)")
          } catch {
            #expect(throws: IndexError.self) { try index.verify() }
            throw error
          }
          try index.verify()
          return nil
        } catch let error as IndexError {
          #expect(error.location.file?.hasPrefix(path) ?? false, "\(error)")
          #expect(!error.remedy.isEmpty)
          return error
        }
      }
    }
  }

  @Test(
    "a changed bit of any section is found when it is touched",
    arguments: ["identifiers", "order", "upper", "blocks", "lower", "vectors"] as [SegmentLabel]
  )
  func sections(label: SegmentLabel) throws {
    let golden = try Golden()
    var random = SeededGenerator(seed: 42)
    for name in ["rows-1-1.segment", "rows-2-1.segment"] {
      let bytes = try #require(golden.saved.files[name])
      let segment = try Segment(path: golden.path + "/" + name)
      let section = try #require(segment.section(label))
      for _ in 0..<6 {
        var bytes = bytes
        let offset = Int.random(in: section.offset..<section.end, using: &random)
        bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        try golden.saved.replacing(name, with: bytes) {
          let index = try FaceIndex(opening: golden.path)
          // A search of everything reads all but the order, the removal of a reference that.
          #expect(throws: IndexError.self, "byte \(offset)") {
            _ = try index.candidates(Self.options)
            try index.remove([golden.references[0]])
          }
          do throws(IndexError) {
            try index.verify()
            Issue.record("byte \(offset) of \(name) is not verified")
          } catch {
            #expect(error.code == "segment.corrupt")
            #expect("\(error)".contains("'\(label)'"), "\(error)")
          }
        }
      }
    }
  }

  @Test("a segment with a changed bit never leads to a wrong answer, and is found by verifying")
  func flips() throws {
    let golden = try Golden()
    var random = SeededGenerator(seed: 43)
    for (name, bytes) in golden.saved.files.sorted(by: { $0.key < $1.key }) {
      for _ in 0..<12 {
        var bytes = bytes
        bytes[Int.random(in: bytes.indices, using: &random)] ^=
          1 << UInt8.random(in: 0..<8, using: &random)
        let code = try golden.error(name, bytes)?.code
        let prefix = name == "manifest.json" ? "index." : "segment."
        #expect(code?.hasPrefix(prefix) ?? false, "\(name): \(code ?? "nothing")")
      }
    }
  }

  @Test("a missing, shortened, exchanged or foreign file is noticed when the index is opened")
  func files() throws {
    let golden = try Golden()
    let other = try Golden()
    for (name, bytes) in golden.saved.files {
      let isManifest = name == "manifest.json"
      let missing = try golden.error(name, nil)?.code
      #expect(missing == (isManifest ? "index.none" : "index.missing-file"))
      guard !isManifest else { continue }
      #expect(try golden.error(name, [])?.code == "segment.foreign")
      for count in [4096, bytes.count / 2, bytes.count - 1] {
        let code = try golden.error(name, Array(bytes.prefix(count)))?.code
        #expect(code == "segment.truncated")
      }
      #expect(try golden.error(name, bytes + [0])?.code == "segment.corrupt")
      let exchanged = name.hasPrefix("rows-1") ? "rows-2-1.segment" : "rows-1-1.segment"
      let code = try golden.error(name, golden.saved.files[exchanged])?.code
      #expect(code == (name.hasPrefix("rows") ? "index.mismatch" : "segment.kind"))
    }
    // The same vectors, saved by another process: its files are the same, and may stand in.
    for (name, bytes) in other.saved.files { #expect(try golden.error(name, bytes) == nil) }
  }

  @Test(
    "another manifest is told by what it is",
    arguments: [
      ("", "index.foreign"), ("{}", "index.foreign"),
      (#"{"format": 1, "kind": "fingerprint-index"}"#, "index.foreign"),
      (#"{"format": 2, "kind": "face-index", "new": true}"#, "index.version"),
      (#"{"format": 1, "kind": "face-index"}"#, "index.manifest"),
    ]
  )
  func manifests(text: String, expected: String) throws {
    let golden = try Golden()
    #expect(try golden.error("manifest.json", Array(text.utf8))?.code == expected)
  }

  @Test("an index of fingerprints is none of faces, and the reverse")
  func kinds() throws {
    let directory = try TemporaryDirectory()
    try FaceIndex.ofPool().save(to: directory.file("faces"))
    try FingerprintIndex(matcher: FingerprintMatcher()).save(to: directory.file("prints"))
    let prints = directory.file("prints/manifest.json")
    #expect(throws: IndexError.foreign(path: prints, kind: "face-index")) {
      try FaceIndex(opening: directory.file("prints"))
    }
    let faces = directory.file("faces/manifest.json")
    #expect(throws: IndexError.foreign(path: faces, kind: "fingerprint-index")) {
      try FingerprintIndex(opening: directory.file("faces"), matcher: FingerprintMatcher())
    }
    // Nor is one saved over the other.
    #expect(throws: IndexError.foreign(path: prints, kind: "face-index")) {
      try FaceIndex.ofPool().save(to: directory.file("prints"))
    }
    #expect(throws: IndexError.notAnIndex(path: directory.path)) {
      try FaceIndex(opening: directory.path)
    }
    let missing = directory.file("missing")
    #expect(throws: IndexError.file(.notFound(path: missing))) { try FaceIndex(opening: missing) }
  }
}
