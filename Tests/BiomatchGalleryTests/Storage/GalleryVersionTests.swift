import BiomatchFace
import BiomatchFingerprint
import BiomatchTestSupport
import Foundation
import TestVectors
import Testing

@testable import BiomatchGallery

/// Opens files of each earlier version, which are under `TestVectors/Vectors/gallery`.
///
/// `BIOMATCH_RECORD_GALLERY=version-N` writes those of the present version. Files of a version that was
/// published are never written again.
@Suite("Galleries of earlier versions")
struct GalleryVersionTests {
  private static let files = ["gallery.json", "gallery.sqlite", "keys.sqlite"]
  private static let recorded = ProcessInfo.processInfo.environment["BIOMATCH_RECORD_GALLERY"]

  /// The key of all of them: the bytes 0 to 31.
  private func key(_ test: TestGallery) throws -> KeySource {
    let path = test.file("known.key")
    if !FileManager.default.fileExists(atPath: path) {
      try FileBytes.createPrivate(path, [UInt8](0..<32))
    }
    return .file(path)
  }

  private func person() throws -> Person {
    Person(
      subject: try SubjectID("recorded"),
      category: try Label("visa"),
      lists: [try Label("watch")],
      demographics: Demographics(
        names: [RecordedName(primary: "ERIKSSON", secondary: "ANNA MARIA")],
        birthDate: try PartialDate("1974-08-00"),
        sex: .female,
        nationalities: [try CountryCode("UTO")],
        documents: [IdentityDocument(type: "P", number: "L898902C3")]
      ),
      fingers: [FingerStatus(position: .rightThumb, condition: .amputated)],
      samples: [
        .face(
          FaceSample(
            reference: try ReferenceID("recorded/face"),
            model: try FaceModel(name: "recorded", version: "7"),
            vector: (0..<64).map { Float($0) - 31.5 },
            quality: 44,
            original: Array("a picture".utf8)
          )
        )
      ]
    )
  }

  @Test("Files of each earlier version open with all that they hold", arguments: ["version-1"])
  func earlier(version: String) async throws {
    let test = try TestGallery()
    try FileManager.default.createDirectory(atPath: test.path, withIntermediateDirectories: false)
    for name in Self.files {
      let bytes = try TestVectors.bytes("gallery/\(version)/\(name)")
      try Data(bytes).write(to: URL(filePath: test.path + "/" + name))
    }
    let gallery = try await Gallery.open(at: test.path, key: try key(test))
    #expect(try await gallery.person(try SubjectID("recorded")) == person())
    #expect(try await gallery.read { try $0.lists() }.map(\.purpose) == ["search"])
    #expect(try await gallery.changes(since: 1)?.removed.map(\.reference.string) == ["removed/1"])
    #expect(try await gallery.verifyIntegrity().isIntact)
    try await gallery.enrol(try TestPeople.person(1))
    _ = try await gallery.erase(try SubjectID("recorded"))
    #expect(try await gallery.verifyIntegrity().isIntact)
  }

  @Test("Files of the present version are recorded", .enabled(if: recorded != nil))
  func record() async throws {
    let version = try #require(Self.recorded)
    let test = try TestGallery()
    let gallery = try await Gallery.create(at: test.path, sealing: .sealed(try key(test)))
    try await gallery.define(
      SubjectList(name: try Label("watch"), purpose: "search", legalBasis: "Art. 1")
    )
    try await gallery.enrol(try person())
    let other = Person(
      subject: try SubjectID("other"),
      samples: [try TestPeople.finger("removed/1", seed: 1)]
    )
    try await gallery.enrol(other)
    try await gallery.update(
      other.subject,
      PersonChanges(removed: [try ReferenceID("removed/1")])
    )
    try await gallery.compact()
    try await gallery.close()
    let directory = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "TestVectors/Vectors/gallery/\(version)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    for name in Self.files {
      let content = try #require(FileManager.default.contents(atPath: test.path + "/" + name))
      try content.write(to: directory.appending(path: name))
    }
  }
}
