import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

@Suite("What only one kind of index has in its manifest")
struct IndexManifestTests {
  private static func manifest(_ details: [IndexDetail]) -> IndexManifest {
    IndexManifest(
      format: NoteKind.format,
      parameters: ParameterDigest(of: [1]),
      details: details,
      revision: 3,
      generation: 4
    )
  }

  @Test("it stands behind the parameters, in the kind's order")
  func order() {
    let manifest = Self.manifest([IndexDetail("author", "Zoë"), IndexDetail("edition", -7)])
    let lines = String(decoding: manifest.encoded, as: UTF8.self).split(separator: "\n")
    #expect(lines[4].hasPrefix(#"  "parameters": "#))
    #expect(lines[5...7] == [#"  "author": "Zoë","#, #"  "edition": -7,"#, #"  "revision": 3,"#])
  }

  @Test(
    "it is read as it was written",
    arguments: [
      [], [IndexDetail("author", "")], [IndexDetail("edition", .max)],
      [IndexDetail("author", "Zoë 1.0 / {x}"), IndexDetail("edition", .min)],
    ]
  )
  func reading(details: [IndexDetail]) throws {
    let manifest = Self.manifest(details)
    let found = try IndexManifest(decoding: manifest.encoded, path: "m", NoteKind.format)
    #expect(found == manifest)
    #expect(found[detail: "author"] == details.first { $0.name == "author" })
  }

  @Test(
    "what is written in another way, of another type or unknown is no manifest, behind a right checksum",
    arguments: [
      [IndexDetail("edition", 1), IndexDetail("author", "me")],
      [IndexDetail("author", "me"), IndexDetail("author", "me")],
      [IndexDetail("unknown", "me")], [IndexDetail("author", #"a\u0041"#)],
      [IndexDetail("author", #"me", "edition": "1"#)], [IndexDetail("author", #"a\/b"#)],
      [IndexDetail("author", #"", "x": [1, {"y": null}], "z": ""#)],
    ]
  )
  func forgeries(details: [IndexDetail]) {
    let bytes = Self.manifest(details).encoded
    #expect(throws: IndexError.corruptManifest(path: "m")) {
      try IndexManifest(decoding: bytes, path: "m", NoteKind.format)
    }
  }

  @Test("a text that would need escapes is not saved", arguments: ["\"", "\\", "\n", "\u{0}"])
  func escapes(text: String) throws {
    let directory = try TemporaryDirectory()
    let store = IndexStore(NoteKind(author: "me" + text))
    #expect(throws: IndexError.self) { try store.save(to: directory.path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
  }
}
