#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Turns the system's error numbers into ``FileError``.
enum SystemFailure {
  /// The error that the last system call of this thread left behind.
  static func last(path: String, operation: FileOperation) -> FileError {
    error(errno, path: path, operation: operation)
  }

  static func error(_ number: Int32, path: String, operation: FileOperation) -> FileError {
    switch number {
    case ENOENT where operation == .open || operation == .read: .notFound(path: path)
    case EACCES, EPERM, EROFS: .notPermitted(path: path, operation: operation)
    case EISDIR: .notAFile(path: path)
    case ENOTDIR where operation == .open: .notFound(path: path)
    case ENOSPC, EDQUOT, EFBIG: .noSpace(path: path, operation: operation)
    case _ where operation == .create: .cannotCreate(path: path, reason: text(number))
    default: .failed(path: path, operation: operation, reason: text(number))
    }
  }

  private static func text(_ number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}
