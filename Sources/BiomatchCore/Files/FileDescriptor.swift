#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An open file, closed at the end of its life; with ``FileNames`` the one place that changes files.
package struct FileDescriptor: ~Copyable {
  package let path: String
  private let raw: Int32
  private let closes: Bool

  deinit { if closes { _ = close(raw) } }

  private init(path: String, raw: Int32, closes: Bool) {
    self.path = path
    self.raw = raw
    self.closes = closes
  }

  /// Opens a file for reading; `-` is the standard input.
  package static func reading(_ path: String) throws(FileError) -> FileDescriptor {
    if path == "-" { return FileDescriptor(path: path, raw: STDIN_FILENO, closes: false) }
    return try opening(path, flags: O_RDONLY | O_CLOEXEC, mode: 0, operation: .open)
  }

  /// Opens what exists for writing.
  static func writing(_ path: String) throws(FileError) -> FileDescriptor {
    try opening(path, flags: O_WRONLY | O_CLOEXEC, mode: 0, operation: .create)
  }

  /// Creates a file that must not exist yet.
  ///
  /// - Parameter mode: who may do what with it; `nil` for what is usual for the process.
  static func creating(_ path: String, mode: mode_t?) throws(FileError) -> FileDescriptor {
    let file = try opening(
      path,
      flags: O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
      mode: mode == nil ? 0o666 : 0o600,
      operation: .create
    )
    // A file system without modes refuses; the file is then at least not open to more people.
    if let mode { _ = fchmod(file.raw, mode) }
    FileEvent.report(.create(path: path))
    return file
  }

  /// The type and the mode of what the path names, through symbolic links; `nil` for nothing.
  static func mode(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
  }

  /// The type and the mode of the open file.
  func mode() throws(FileError) -> mode_t {
    var status = stat()
    guard fstat(raw, &status) == 0 else {
      throw SystemFailure.last(path: path, operation: .read)
    }
    return status.st_mode
  }

  /// Opens a directory, which is all that ``synchronise()`` needs.
  static func directory(_ path: String) throws(FileError) -> FileDescriptor {
    try opening(path, flags: O_RDONLY | O_DIRECTORY | O_CLOEXEC, mode: 0, operation: .open)
  }

  private static func opening(
    _ path: String,
    flags: Int32,
    mode: mode_t,
    operation: FileOperation
  ) throws(FileError) -> FileDescriptor {
    while true {
      let raw = open(path, flags, mode)
      if raw >= 0 { return FileDescriptor(path: path, raw: raw, closes: true) }
      if errno != EINTR { throw SystemFailure.last(path: path, operation: operation) }
    }
  }

  /// Reads bytes into `buffer` from `start` on and returns how many: all that fit unless the file ends.
  ///
  /// - Parameter offset: where in the file; `nil` for where the last read without one ended, which is
  ///   all that a pipe can do.
  package func read(
    into buffer: inout MutableRawSpan,
    from start: Int = 0,
    at offset: Int? = nil
  ) throws(FileError) -> Int {
    var done = 0
    while start + done < buffer.byteCount {
      let count = buffer.withUnsafeMutableBytes { bytes in
        readBytes(
          raw,
          UnsafeMutableRawBufferPointer(rebasing: bytes[(start + done)...]),
          at: offset.map { $0 + done }
        )
      }
      if count > 0 {
        done += count
      } else if count == 0 {
        break
      } else if errno != EINTR {
        throw SystemFailure.last(path: path, operation: .read)
      }
    }
    return done
  }

  /// Adds up to `count` bytes to `buffer`; none at the end of the file.
  func read(into buffer: inout [UInt8], count: Int) throws(FileError) {
    var failure: FileError?
    // Not zeroed before: a build that is not optimised would take longer for it than for the reading.
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
      while true {
        let read = readBytes(raw, UnsafeMutableRawBufferPointer(room))
        if read >= 0 {
          filled = read
          return
        }
        guard errno == EINTR else {
          failure = SystemFailure.last(path: path, operation: .read)
          return
        }
      }
    }
    if let failure { throw failure }
    buffer.append(contentsOf: bytes)
  }

  /// Writes all of `bytes` where the last write ended.
  func write(_ bytes: [UInt8]) throws(FileError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        writeBytes(raw, UnsafeRawBufferPointer(rebasing: buffer[written...]))
      }
      if count > 0 {
        written += count
      } else if count == 0 || errno != EINTR {
        throw SystemFailure.last(path: path, operation: .write)
      }
    }
    FileEvent.report(.append(path: path, bytes: bytes))
  }

  /// Writes all of `bytes` at `offset`, and leaves alone where the next ``write(_:)`` goes.
  func write(_ bytes: [UInt8], at offset: Int) throws(FileError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        pwrite(
          raw,
          buffer.baseAddress.map { $0 + written },
          buffer.count - written,
          off_t(offset + written)
        )
      }
      if count > 0 {
        written += count
      } else if count == 0 || errno != EINTR {
        throw SystemFailure.last(path: path, operation: .write)
      }
    }
    FileEvent.report(.overwrite(path: path, offset: offset, bytes: bytes))
  }

  /// Returns once everything written is on the device.
  func synchronise() throws(FileError) {
    try FileEvent.fail(.synchronise(path: path))
    #if canImport(Darwin)
      // A plain fsync on this system leaves the data in the drive's volatile cache.
      let result = fcntl(raw, F_FULLFSYNC) == 0 ? 0 : fsync(raw)
    #else
      let result = fsync(raw)
    #endif
    guard result == 0 else { throw SystemFailure.last(path: path, operation: .write) }
    FileEvent.report(.synchronise(path: path))
  }

  /// Gives up a lock, also where a process that is just being started still has the file open.
  func unlock() { _ = flock(raw, LOCK_UN) }

  /// Locks the file against other lockers until it is unlocked; `false` when another has it locked.
  func lock() throws(FileError) -> Bool {
    while true {
      if flock(raw, LOCK_EX | LOCK_NB) == 0 { return true }
      switch errno {
      case EWOULDBLOCK: return false
      case EINTR: continue
      default: throw SystemFailure.last(path: path, operation: .open)
      }
    }
  }

  /// The size of a regular file; another kind is an error.
  func size() throws(FileError) -> Int {
    var status = stat()
    guard fstat(raw, &status) == 0 else {
      throw SystemFailure.last(path: path, operation: .read)
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    return Int(status.st_size)
  }

  /// The size of a regular file that can be read anywhere; `nil` for a pipe, a device and the standard
  /// input, which may stand in the middle of its file.
  package func seekableSize() throws(FileError) -> Int? {
    guard path != "-" else { return nil }
    var status = stat()
    guard fstat(raw, &status) == 0 else {
      throw SystemFailure.last(path: path, operation: .read)
    }
    return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  /// Maps the first `count` bytes for reading; `count` must be positive.
  func map(count: Int) throws(FileError) -> UnsafeRawBufferPointer {
    let address = mmap(nil, count, PROT_READ, MAP_SHARED, raw, 0)
    guard let address, address != MAP_FAILED else {
      throw SystemFailure.last(path: path, operation: .read)
    }
    return UnsafeRawBufferPointer(start: address, count: count)
  }

  /// Ends a mapping; nothing may use its bytes any more.
  static func unmap(_ bytes: UnsafeRawBufferPointer) {
    _ = munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }
}

private func readBytes(
  _ raw: Int32,
  _ buffer: UnsafeMutableRawBufferPointer,
  at offset: Int? = nil
) -> Int {
  guard let offset else { return read(raw, buffer.baseAddress, buffer.count) }
  return pread(raw, buffer.baseAddress, buffer.count, off_t(offset))
}

private func writeBytes(_ raw: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
  write(raw, buffer.baseAddress, buffer.count)
}
