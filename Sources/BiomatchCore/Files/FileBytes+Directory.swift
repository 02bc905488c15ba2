#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension FileBytes {
  /// The names of what is in the directory, in byte order.
  ///
  /// - Throws: ``FileError``.
  package static func names(inDirectory path: String) throws(FileError) -> [String] {
    guard let directory = opendir(path) else {
      throw SystemFailure.last(path: path, operation: .open)
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
          String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

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

  /// Gives a directory another name beside it, where nothing or an empty directory is. When this returns,
  /// it has that name also after a loss of power.
  ///
  /// - Throws: ``FileError``.
  package static func renameDirectory(_ path: String, to target: String) throws(FileError) {
    try FileNames.rename(path, to: target)
    try FileDescriptor.directory(FileNames.directory(of: target)).synchronise()
  }

  /// Creates the directory unless it exists; its parent must. When this returns, it is there also after
  /// a loss of power.
  ///
  /// - Throws: ``FileError``.
  public static func createDirectory(_ path: String) throws(FileError) {
    var name = path[...]
    while name.count > 1, name.hasSuffix("/") { name.removeLast() }
    do throws(FileError) {
      try FileNames.createDirectory(String(name))
    } catch {
      let failure = error.naming(path)
      do { try checkDirectory(path) } catch { throw failure }
      return
    }
    do throws(FileError) {
      try FileDescriptor.directory(FileNames.directory(of: String(name))).synchronise()
    } catch {
      throw error.naming(path)
    }
  }
}
