#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension FileBytes {
  /// The bytes of a regular file that nobody but its owner may read or write.
  ///
  /// - Throws: ``FileError/notPrivate(path:mode:)`` when its mode gives group or others anything.
  package static func readPrivate(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let file = try FileDescriptor.reading(path)
    guard try file.seekableSize() != nil else { throw .notAFile(path: path) }
    let mode = try file.mode() & 0o777
    guard mode & 0o077 == 0 else { throw .notPrivate(path: path, mode: Int(mode)) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(limit + 1)
    while true {
      let before = bytes.count
      try file.read(into: &bytes, count: limit + 1 - before)
      guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
      if bytes.count == before { return bytes }
    }
  }

  /// Creates a file of those bytes that nobody but its owner may read, where nothing is. When this
  /// returns, it is there also after a loss of power.
  package static func createPrivate(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let file = try FileDescriptor.creating(path, mode: 0o600)
    do throws(FileError) {
      try file.write(bytes)
      try file.synchronise()
      try FileDescriptor.directory(FileNames.directory(of: path)).synchronise()
    } catch {
      try? FileNames.remove(path)
      throw error
    }
  }
}
