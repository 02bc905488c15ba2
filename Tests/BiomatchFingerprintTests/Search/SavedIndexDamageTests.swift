import BiomatchTestSupport
import Testing

@testable import BiomatchFingerprint

@Suite("Damaged index directories")
struct SavedIndexDamageTests {
  /// An index with two segments and removals, and what it finds.
  private final class Golden {
    let directory: TemporaryDirectory
    private let saved: SavedFiles
    let candidates: [[Candidate]]

    var path: String { directory.file("index") }
    var files: [String: [UInt8]] { saved.files }

    init() throws {
      directory = try TemporaryDirectory()
      var random = SeededGenerator(seed: 41)
      let prints = try StoredPrint.random(25, using: &random)
      let index = FingerprintIndex(matcher: Pool.matcher)
      try index.append(prints[..<17].map(\.entry))
      let path = directory.file("index")
      try index.save(to: path)
      try index.append(prints[17...].map(\.entry))
      try index.remove(prints[13..<19].map(\.reference))
      try index.save()
      candidates = try index.candidates(.exhaustive(limit: 50))
      saved = try SavedFiles(path)
    }

    /// The error of opening, searching and verifying with another content of one file, `nil` for
    /// none; whatever is found must be right.
    func code(_ name: String, _ bytes: [UInt8]?) throws -> String? {
      try saved.replacing(name, with: bytes) {
        do {
          let index = try FingerprintIndex(opening: path, matcher: Pool.matcher)
          do {
            #expect(try index.candidates(.exhaustive(limit: 50)) == candidates, "\(name)")
          } catch {
            #expect(throws: IndexError.self) { try index.verify() }
            throw error
          }
          try index.verify()
          return nil
        } catch let error as IndexError {
          #expect(error.location.file?.hasPrefix(path) ?? false, "\(error)")
          #expect(!error.remedy.isEmpty)
          return error.code
        }
      }
    }
  }

  /// The error of reading a manifest of those bytes, `nil` for none.
  private static func code(ofManifest bytes: [UInt8]) -> String? {
    do throws(IndexError) {
      _ = try IndexManifest(decoding: bytes, path: "manifest.json", FingerprintIndexKind.format)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("every changed bit of the manifest is noticed")
  func manifestFlips() throws {
    let golden = try Golden()
    let manifest = try #require(golden.files["manifest.json"])
    #expect(Self.code(ofManifest: manifest) == nil)
    for offset in manifest.indices {
      for bit in [0, 2, 5] {
        var bytes = manifest
        bytes[offset] ^= 1 << UInt8(bit)
        let code = Self.code(ofManifest: bytes)
        #expect(
          ["index.manifest", "index.foreign", "index.version", "index.engine"].contains(code),
          "byte \(offset), bit \(bit): \(code ?? "nothing")"
        )
      }
    }
  }

  @Test("a manifest cut off anywhere is noticed, and so is a longer one")
  func manifestTruncations() throws {
    let golden = try Golden()
    let manifest = try #require(golden.files["manifest.json"])
    for count in manifest.indices {
      let code = Self.code(ofManifest: Array(manifest.prefix(count)))
      #expect(["index.manifest", "index.foreign"].contains(code), "cut to \(count) bytes")
    }
    #expect(Self.code(ofManifest: manifest + [10]) == "index.manifest")
    // What is cut off cannot be told from a file of another kind, and both have a remedy.
    let remedy = IndexError.foreign(path: "manifest.json", kind: "fingerprint-index").remedy
    #expect(remedy.contains("path") && remedy.contains("build the index again"))
  }

  @Test(
    "another manifest is told by what it is",
    arguments: [
      ("", "index.foreign"), ("{}", "index.foreign"), ("[1]", "index.foreign"),
      (String(repeating: "[", count: 100_000), "index.foreign"),
      (#"{"format": 1, "kind": "gallery"}"#, "index.foreign"),
      (#"{"format": 2, "kind": "fingerprint-index", "new": true}"#, "index.version"),
      (#"{"format": 0, "kind": "fingerprint-index"}"#, "index.version"),
      (#"{"format": 1, "kind": "fingerprint-index"}"#, "index.manifest"),
    ]
  )
  func manifests(text: String, expected: String) throws {
    let golden = try Golden()
    #expect(try golden.code("manifest.json", Array(text.utf8)) == expected)
  }

  @Test("a segment with a changed bit never leads to a wrong answer, and is found by verifying")
  func segmentFlips() throws {
    let golden = try Golden()
    var random = SeededGenerator(seed: 42)
    for (name, bytes) in golden.files where name.hasSuffix(".segment") {
      for _ in 0..<60 {
        var bytes = bytes
        bytes[Int.random(in: bytes.indices, using: &random)] ^=
          1 << UInt8.random(in: 0..<8, using: &random)
        let code = try golden.code(name, bytes)
        #expect(code?.hasPrefix("segment.") ?? false, "\(name): \(code ?? "nothing")")
      }
    }
  }

  @Test("a missing, shortened, exchanged or foreign file is noticed when the index is opened")
  func segments() throws {
    let golden = try Golden()
    let other = try Golden()
    for (name, bytes) in golden.files {
      let isManifest = name == "manifest.json"
      #expect(try golden.code(name, nil) == (isManifest ? "index.none" : "index.missing-file"))
      guard !isManifest else { continue }
      #expect(try golden.code(name, []) == "segment.foreign")
      for count in [4096, bytes.count - 1] {
        #expect(try golden.code(name, Array(bytes.prefix(count))) == "segment.truncated")
      }
      #expect(try golden.code(name, bytes + [0]) == "segment.corrupt")
      let exchanged = name.hasPrefix("rows-1") ? "rows-2-1.segment" : "rows-1-1.segment"
      let code = try golden.code(name, golden.files[exchanged])
      #expect(code == (name.hasPrefix("rows") ? "index.mismatch" : "segment.kind"))
    }
    // The same prints, saved by another process: its files are the same, and may stand in.
    for (name, bytes) in other.files { #expect(try golden.code(name, bytes) == nil) }
  }

  @Test("an index of other parameters, or none, is a typed error")
  func opening() throws {
    let golden = try Golden()
    let other = FingerprintMatcher(parameters: .anyRotation)
    #expect(
      throws: IndexError.wrongParameters(
        path: golden.path,
        expected: other.digest,
        found: Pool.matcher.digest
      )
    ) { try FingerprintIndex(opening: golden.path, matcher: other) }
    let parent = golden.directory.path
    #expect(throws: IndexError.notAnIndex(path: parent)) {
      try FingerprintIndex(opening: parent, matcher: Pool.matcher)
    }
    let missing = golden.directory.file("missing")
    #expect(throws: IndexError.file(.notFound(path: missing))) {
      try FingerprintIndex(opening: missing, matcher: Pool.matcher)
    }
    let file = golden.path + "/manifest.json"
    #expect(throws: IndexError.file(.notADirectory(path: file))) {
      try FingerprintIndex(opening: file, matcher: Pool.matcher)
    }
  }
}
