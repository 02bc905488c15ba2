#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension FileBytes {
  /// Whether the file at `path` has the bytes anywhere, one behind the other; not where there is no file.
  ///
  /// - Complexity: O(size of the file), in little memory.
  package static func file(_ path: String, contains bytes: [UInt8]) throws(FileError) -> Bool {
    precondition(!bytes.isEmpty, "what is looked for has a byte")
    let file: FileDescriptor
    do throws(FileError) { file = try FileDescriptor.reading(path) } catch {
      if case .notFound = error { return false }
      throw error
    }
    var buffer: [UInt8] = []
    while true {
      let old = buffer.count
      try file.read(into: &buffer, count: 1 << 20)
      if buffer.count == old { return false }
      if holds(buffer, bytes) { return true }
      // A match may lie across the end of what was read.
      buffer.removeFirst(max(0, buffer.count - bytes.count + 1))
    }
  }

  private static func holds(_ buffer: [UInt8], _ bytes: [UInt8]) -> Bool {
    buffer.withUnsafeBytes { buffer in
      bytes.withUnsafeBytes { bytes in
        guard let start = buffer.baseAddress, let wanted = bytes.baseAddress else { return false }
        var offset = 0
        while buffer.count - offset >= bytes.count,
          let match = memchr(
            start + offset,
            Int32(bytes[0]),
            buffer.count - bytes.count - offset + 1
          )
        {
          if memcmp(match, wanted, bytes.count) == 0 { return true }
          offset = UnsafeRawPointer(match) - start + 1
        }
        return false
      }
    }
  }
}
