#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension FileBytes {
  /// Writes a file that appears whole or not at all, also when the machine fails: into a temporary
  /// file beside it, which then takes the place of an older file of that name.
  ///
  /// What cannot be replaced, a pipe or a device, is written to directly.
  ///
  /// - Throws: ``FileError``; an older file is then as it was, and no temporary file is left.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    switch kind(of: path) {
    case .none: try replace(path, with: bytes, called: path)
    case .some(S_IFREG): try replace(resolved(path), with: bytes, called: path)
    case .some(S_IFDIR): throw .cannotCreate(path: path, reason: "a directory has that name")
    case .some: try FileDescriptor.writing(path).write(bytes)
    }
  }

  private static func replace(
    _ path: String,
    with bytes: [UInt8],
    called name: String
  ) throws(FileError) {
    let temporary = path + ".\(getpid()).tmp"
    do throws(FileError) {
      let file = try FileDescriptor.creating(temporary, mode: 0o666)
      try file.write(bytes)
      try file.synchronise()
    } catch {
      _ = unlink(temporary)
      throw naming(name, in: error)
    }
    guard rename(temporary, path) == 0 else {
      let failure = SystemFailure.last(path: name, operation: .replace)
      _ = unlink(temporary)
      throw failure
    }
    try FileDescriptor.directory(directory(of: path)).synchronise()
  }

  /// The file type bits of what the path names, through symbolic links.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// The path without symbolic links, so that not the link is replaced but what it names.
  private static func resolved(_ path: String) -> String {
    guard let buffer = realpath(path, nil) else { return path }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  private static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The error with the name that the caller knows.
  private static func naming(_ path: String, in error: FileError) -> FileError {
    switch error {
    case .notPermitted(_, let operation): .notPermitted(path: path, operation: operation)
    case .cannotCreate(_, let reason): .cannotCreate(path: path, reason: reason)
    case .noSpace(_, let operation): .noSpace(path: path, operation: operation)
    case .failed(_, let operation, let reason):
      .failed(path: path, operation: operation, reason: reason)
    case .notFound, .notAFile, .tooLarge: error
    }
  }
}
