import Biomatch
import BiomatchCore
import BiomatchGallery
import Foundation

/// The place of the demonstration's gallery, with its key and the receipt of an erasure.
struct DemoGallery {
  /// A file of this name in the gallery's directory says which gallery the demonstration has left there,
  /// and in which generation.
  private static let marker = "demo.marker"

  let directory: String

  var path: String { directory + "/people.gallery" }
  var keyPath: String { directory + "/people.key" }
  var receiptPath: String { directory + "/people.receipt.json" }

  /// Says that the demonstration has just closed the gallery.
  func mark(_ gallery: Gallery) async throws {
    let text = "\(gallery.id) \(try await gallery.state().generation)\n"
    try FileBytes.write(Array(text.utf8), to: path + "/" + Self.marker)
  }

  /// Removes the gallery of an earlier demonstration with its key; nothing else is ever touched.
  ///
  /// - Throws: a `BiomatchError` where there is another gallery, or one that has changed since.
  func makeRoom() async throws {
    guard FileManager.default.fileExists(atPath: path) else {
      guard !FileManager.default.fileExists(atPath: keyPath) else { throw notOurs(keyPath) }
      return
    }
    guard let marked = try? FileBytes.read(path + "/" + Self.marker, limit: 1 << 10) else {
      throw notOurs(path)
    }
    // A gallery without manifest is one that was being removed.
    if GalleryPlace.isGallery(path) {
      guard let gallery = try? await Gallery.open(at: path, key: .file(keyPath), access: .readWrite)
      else { throw notOurs(path) }
      let text = "\(gallery.id) \(try await gallery.state().generation)\n"
      try await gallery.close()
      guard marked == Array(text.utf8) else { throw notOurs(path) }
    }
    let names =
      ["gallery.json"]
      + ["gallery.sqlite", "keys.sqlite"].flatMap { [$0, $0 + "-wal", $0 + "-shm"] }
    for name in names + ["index", Self.marker] {
      let file = path + "/" + name
      guard FileManager.default.fileExists(atPath: file) else { continue }
      try translating(file) { try FileManager.default.removeItem(atPath: file) }
    }
    try FileNames.removeDirectory(path)
    if FileManager.default.fileExists(atPath: keyPath) { try FileNames.remove(keyPath) }
  }

  private func translating(_ path: String, _ body: () throws -> Void) throws {
    do { try body() } catch {
      throw FileError.failed(
        path: path,
        operation: .replace,
        reason: (error as NSError).localizedDescription
      )
    }
  }

  private func notOurs(_ path: String) -> UsageError {
    UsageError.option(
      "--output",
      rule: "\(path) is not as the demonstration has left it",
      remedy: "choose another directory, or remove it if nobody needs it"
    )
  }
}
