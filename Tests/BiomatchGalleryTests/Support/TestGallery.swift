import BiomatchTestSupport
import Foundation
import GRDB
import Testing

@testable import BiomatchGallery

/// A directory with a key file, and galleries in it; all is removed with it.
final class TestGallery: Sendable {
  let directory: TemporaryDirectory

  var key: KeySource { .file(directory.file("gallery.key")) }
  var path: String { directory.file("gallery") }

  init() throws {
    directory = try TemporaryDirectory()
    try KeySource.makeKeyFile(at: directory.file("gallery.key"))
  }

  func file(_ name: String) -> String { directory.file(name) }

  func create(_ options: GalleryOptions = GalleryOptions()) async throws -> Gallery {
    try await Gallery.create(at: path, sealing: .sealed(key), options: options)
  }

  func open(
    _ access: GalleryAccess = .readWrite,
    _ options: GalleryOptions = GalleryOptions()
  ) async throws -> Gallery {
    try await Gallery.open(at: path, key: key, access: access, options: options)
  }

  /// Another key file.
  func newKey(_ name: String) throws -> KeySource {
    try KeySource.makeKeyFile(at: file(name))
    return .file(file(name))
  }

  /// Whether any file below a path has the bytes.
  static func holds(_ path: String, _ bytes: [UInt8]) throws -> Bool {
    let manager = FileManager.default
    var names = [path]
    names += try manager.subpathsOfDirectory(atPath: path).map { path + "/" + $0 }
    return names.contains { name in
      guard let data = manager.contents(atPath: name) else { return false }
      return data.range(of: Data(bytes)) != nil
    }
  }

  /// The names of what is in the directory.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
  }
}

extension Gallery {
  /// Enrols people in one transaction or a few, none of whom is refused.
  func fill(_ people: [Person]) async throws {
    let report = try await enrol(contentsOf: people)
    #expect(report.rejections.isEmpty)
  }

  /// A subject's key as the key database has it.
  func wrappedKey(_ number: Int64) async throws -> [UInt8]? {
    try await store.vault?.pool.read { db in
      try Data.fetchOne(db, sql: "SELECT wrapped FROM key WHERE number = ?", arguments: [number])
    }.map { Array($0) }
  }
}
