#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Changes the names of files; a loss of power may undo a change until the directory is synchronised.
package enum FileNames {
  /// Gives a file another name of the same directory, in the place of what had that name.
  static func rename(_ path: String, to target: String) throws(FileError) {
    guard renameFile(path, target) == 0 else {
      throw SystemFailure.last(path: target, operation: .replace)
    }
    FileEvent.report(.rename(from: path, to: target))
  }

  /// Gives a file another name, also of another directory of its file system. When this returns, it has
  /// that name also after a loss of power.
  package static func move(_ path: String, to target: String) throws(FileError) {
    try rename(path, to: target)
    try FileDescriptor.directory(directory(of: target)).synchronise()
  }

  /// Takes a file's name away; whoever has it open or mapped keeps it.
  package static func remove(_ path: String) throws(FileError) {
    guard unlink(path) == 0 else { throw SystemFailure.last(path: path, operation: .replace) }
    FileEvent.report(.remove(path: path))
  }

  /// Creates a directory that must not exist yet.
  static func createDirectory(_ path: String) throws(FileError) {
    guard mkdir(path, 0o777) == 0 else {
      throw SystemFailure.last(path: path, operation: .create)
    }
    FileEvent.report(.createDirectory(path: path))
  }

  /// Removes an empty directory.
  package static func removeDirectory(_ path: String) throws(FileError) {
    guard rmdir(path) == 0 else { throw SystemFailure.last(path: path, operation: .replace) }
  }

  /// Leaves a file or a directory to its owner alone.
  package static func restrict(_ path: String, isDirectory: Bool = false) throws(FileError) {
    guard chmod(path, isDirectory ? 0o700 : 0o600) == 0 else {
      throw SystemFailure.last(path: path, operation: .create)
    }
  }

  /// The directory that a path's last name is in.
  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

private func renameFile(_ path: String, _ target: String) -> Int32 { rename(path, target) }
