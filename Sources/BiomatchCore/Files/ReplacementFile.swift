#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file in the making, which takes the place of an older one of its path once it is complete.
///
/// Until ``publish()`` it has a name of its own in the same directory; given up before, it is removed.
/// A process that is killed may leave it behind, never in the place of the older file.
package struct ReplacementFile: ~Copyable {
  /// The path that the file will have, as the caller gave it.
  package let path: String
  private let target: String
  private let temporary: String
  private let file: FileDescriptor
  private var isPublished = false

  /// Creates the file beside what `path` names; a symbolic link is followed, not replaced. A pipe or a
  /// device of that path is an error: it would be replaced.
  package init(replacing path: String) throws(FileError) {
    let target = Self.resolved(path)
    let mode = FileDescriptor.mode(of: target)
    guard [nil, S_IFREG, S_IFDIR].contains(mode.map { $0 & S_IFMT }) else {
      throw .cannotCreate(path: path, reason: "a pipe or a device has that name")
    }
    // A random name: a process identifier returns, in a container at every start, and would then
    // find its own leavings in the way.
    let temporary = "\(target).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
    do throws(FileError) {
      file = try FileDescriptor.creating(temporary, mode: mode.map { $0 & 0o777 })
    } catch {
      throw error.naming(path)
    }
    self.path = path
    self.target = target
    self.temporary = temporary
  }

  deinit { if !isPublished { try? FileNames.remove(temporary) } }

  /// Appends bytes.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    do { try file.write(bytes) } catch { throw error.naming(path) }
  }

  /// Overwrites bytes that were written before.
  package func write(_ bytes: [UInt8], at offset: Int) throws(FileError) {
    do { try file.write(bytes, at: offset) } catch { throw error.naming(path) }
  }

  /// Puts the file in its place; when this returns, it is there also after a loss of power unless it
  /// need not be durable.
  package mutating func publish(durably: Bool = true) throws(FileError) {
    do throws(FileError) {
      if durably { try file.synchronise() }
      // Opened before the older file is gone: what fails then fails without a trace.
      let directory = try FileDescriptor.directory(FileNames.directory(of: target))
      try FileNames.rename(temporary, to: target)
      isPublished = true
      if durably { try directory.synchronise() }
    } catch {
      throw error.naming(path)
    }
  }

  /// The path without symbolic links, or as it is when nothing has it yet.
  private static func resolved(_ path: String) -> String {
    guard let buffer = realpath(path, nil) else { return path }
    defer { free(buffer) }
    return String(cString: buffer)
  }
}

extension FileError {
  /// The same error about the path that the caller knows.
  func naming(_ path: String) -> FileError {
    switch self {
    case .notFound: .notFound(path: path)
    case .notPermitted(_, let operation): .notPermitted(path: path, operation: operation)
    case .notAFile: .notAFile(path: path)
    case .notADirectory: .notADirectory(path: path)
    case .tooLarge(_, let limit): .tooLarge(path: path, limit: limit)
    case .notPrivate(_, let mode): .notPrivate(path: path, mode: mode)
    case .cannotCreate(_, let reason): .cannotCreate(path: path, reason: reason)
    case .noSpace(_, let operation): .noSpace(path: path, operation: operation)
    case .failed(_, let operation, let reason):
      .failed(path: path, operation: operation, reason: reason)
    }
  }
}
