import Biomatch
import BiomatchCore
import BiomatchGallery
import Foundation

/// A key file that is made for something new.
enum NewKeyFile {
  /// Makes the file at `path`, where nothing is.
  static func make(_ path: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw UsageError.option(
        path,
        rule: "there is a file already, and a new key must not replace it",
        remedy: "leave --new-key out to use the key of that file, or choose another"
      )
    }
    try KeySource.makeKeyFile(at: path)
  }

  /// Runs `body`, which makes `product`, with a new key in the file at `path`; with no file where there
  /// is no path. The file goes again when nothing was made.
  static func with<R>(
    _ path: String?,
    for product: String,
    _ body: () async throws -> R
  ) async throws -> R {
    guard let path else { return try await body() }
    guard !FileManager.default.fileExists(atPath: product) else {
      throw GalleryError.exists(path: product)
    }
    try SavedIndex.checkParent(of: product)
    try make(path)
    do {
      return try await body()
    } catch {
      // A key that anything was sealed under is never removed.
      if !FileManager.default.fileExists(atPath: product) { try? FileNames.remove(path) }
      throw error
    }
  }
}
