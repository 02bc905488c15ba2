import BiomatchCore
import Synchronization

/// Keeps other writers out of a gallery until it is released, or the process ends.
final class WriterLock: Sendable {
  private let lock: Mutex<DirectoryLock?>

  /// - Throws: ``GalleryError/inUse(path:)``, `FileError`.
  init(_ directory: String) throws {
    guard let lock = try DirectoryLock(directory) else { throw GalleryError.inUse(path: directory) }
    self.lock = Mutex(lock)
  }

  func release() { lock.withLock { $0 = nil } }
}
