import BiomatchCore
import Foundation

/// What a directory says of the gallery in it, before any database is opened.
struct GalleryManifest: Codable {
  static let kind = "biomatch-gallery"
  static let format = 1

  let format: Int
  let kind: String
  let gallery: GalleryID
  let sealed: Bool

  init(gallery: GalleryID, sealed: Bool) {
    format = Self.format
    kind = Self.kind
    self.gallery = gallery
    self.sealed = sealed
  }

  func write(_ path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try FileBytes.write(Array(encoder.encode(self)) + [UInt8(ascii: "\n")], to: path)
  }

  /// Reads the manifest of a directory.
  ///
  /// - Throws: ``GalleryError``, `FileError`.
  static func read(_ paths: GalleryPaths) throws -> GalleryManifest {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(paths.manifest, limit: 1 << 16)
    } catch {
      if case .notFound = error { throw GalleryError.notFound(path: paths.directory) }
      throw error
    }
    let decoder = JSONDecoder()
    guard let header = try? decoder.decode(Header.self, from: Data(bytes)), header.kind == kind
    else {
      throw GalleryError.manifest(path: paths.manifest, finding: "it is of another kind")
    }
    guard header.format == format else {
      throw GalleryError.version(path: paths.manifest, finding: "format \(header.format)")
    }
    guard let manifest = try? decoder.decode(GalleryManifest.self, from: Data(bytes)) else {
      throw GalleryError.manifest(path: paths.manifest, finding: "a member is missing")
    }
    return manifest
  }

  /// What every format has.
  private struct Header: Decodable {
    let format: Int
    let kind: String
  }
}
