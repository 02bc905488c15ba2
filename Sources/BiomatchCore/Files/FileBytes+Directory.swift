#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension FileBytes {
  /// Returns when the path names a directory that can be opened.
  ///
  /// - Throws: ``FileError``.
  public static func checkDirectory(_ path: String) throws(FileError) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
      throw .notADirectory(path: path)
    }
    _ = try FileDescriptor.directory(path)
  }

  /// Creates the directory unless it exists; its parent must.
  ///
  /// - Throws: ``FileError``.
  public static func createDirectory(_ path: String) throws(FileError) {
    if mkdir(path, 0o777) == 0 { return }
    let failure = SystemFailure.last(path: path, operation: .create)
    do { try checkDirectory(path) } catch { throw failure }
  }
}
