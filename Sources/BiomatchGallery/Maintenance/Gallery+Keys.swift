import BiomatchCore
import Foundation
import Logging

extension Gallery {
  /// Puts the gallery under another master key. Nobody is enrolled anew; the old key then opens nothing
  /// of it.
  ///
  /// A process that ends half way leaves all under the old key or all under the new one.
  ///
  /// Saved indexes go under the new key, too. Those that did not when a process ended are made anew at the
  /// next opening, as are those of a gallery that was opened without search.
  ///
  /// Programs that have the gallery open for reading must open it again.
  ///
  /// - Throws: ``GalleryError/remains(path:)`` when the new key is in force, and what was wrapped under the
  ///   old one is still in the files, because of a reader or for want of space: ``compact()`` removes it.
  public func rotateKey(to source: KeySource) async throws {
    try requireWriter()
    guard let vault = store.vault else { throw GalleryError.notSealed(path: path) }
    try? await indexes?.ready(committer)
    try await committer.exclusively { [path, store, indexes] in
      let done = try await blocking {
        let master = try source.load()
        return try GalleryError.translating(path) { try vault.rotate(to: master) }
      }
      await indexes?.changeKey()
      guard done else { throw GalleryError.remains(path: path) }
      await store.tidyLogs(from: 0)
    }
    options.logger.notice("rotated the key")
  }

  /// Writes the keys into a file where nothing is, under a master key of its own: what a backup needs
  /// besides the records.
  public func exportKeys(to path: String, under source: KeySource) async throws {
    guard let vault = store.vault else { throw GalleryError.notSealed(path: self.path) }
    // Not while the key rotates.
    try await committer.exclusively {
      try await blocking {
        guard !FileManager.default.fileExists(atPath: path) else {
          throw GalleryError.exists(path: path)
        }
        let master = try source.load()
        let temporary = GalleryPaths(path).temporary
        try FileBytes.createDirectory(temporary.directory)
        defer { temporary.remove() }
        try FileNames.restrict(temporary.directory, isDirectory: true)
        try GalleryError.translating(path) { try vault.export(to: temporary.keys, under: master) }
        try FileNames.restrict(temporary.keys)
        try FileNames.move(temporary.keys, to: path)
      }
    }
  }
}
