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
    case .none, .some(S_IFREG): try replace(path, with: bytes)
    case .some(S_IFDIR): throw .cannotCreate(path: path, reason: "a directory has that name")
    case .some: try FileDescriptor.writing(path).write(bytes)
    }
  }

  private static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    var file = try ReplacementFile(replacing: path)
    try file.write(bytes)
    try file.publish()
  }

  /// The file type bits of what the path names, through symbolic links.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }
}
