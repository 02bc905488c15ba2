/// Keeps a directory to one writer at a time.
///
/// The lock is the system's: it ends with the process, however that ends, and leaves no file behind.
/// Whoever does not ask for it is not kept out.
package final class DirectoryLock {
  private let directory: FileDescriptor

  /// Locks the directory for as long as the object lives; `nil` when somebody else has locked it.
  ///
  /// - Throws: ``FileError`` when the path is no directory, or its file system has no locks.
  package init?(_ path: String) throws(FileError) {
    try FileBytes.checkDirectory(path)
    directory = try FileDescriptor.directory(path)
    guard try directory.lock() else { return nil }
  }

  // Closing alone would not do: between fork and exec a child has the directory open, too.
  deinit { directory.unlock() }

  /// Calls `body` while the lock is held for certain.
  package func hold<R, Failure: Error>(_ body: () throws(Failure) -> R) throws(Failure) -> R {
    try withExtendedLifetime(self, body)
  }
}
