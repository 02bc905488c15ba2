import BiomatchCore
import Foundation
import Synchronization

/// The standard output, where answers go and nothing else.
enum StandardOutput {
  static func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes all bytes, or ends the process: an answer that could not be given is a failure.
  static func write(_ bytes: [UInt8]) {
    let failure = writeAll(bytes, to: STDOUT_FILENO)
    // A reader that has gone away has what it wants.
    guard failure != 0, failure != EPIPE else { return }
    let reason = strerror(failure).map { String(cString: $0) } ?? "error \(failure)"
    FailureReport.exit(with: FileError.failed(path: "-", operation: .write, reason: reason))
  }
}

/// The standard error, for errors, warnings and progress.
enum StandardError {
  /// Whether a bar stands on the last line.
  private static let hasBar = Mutex(false)
  private static let lineRemoval = "\r\u{1B}[K"

  /// Writes text, in the place of a bar that is there; it comes again with its next step.
  static func write(_ text: String) {
    hasBar.withLock { hasBar in
      _ = writeAll(Array(((hasBar ? lineRemoval : "") + text).utf8), to: STDERR_FILENO)
      hasBar = false
    }
  }

  /// Shows a bar on the last line; `nil` removes the one that is there.
  static func show(bar: String?) {
    hasBar.withLock { hasBar in
      guard hasBar || bar != nil else { return }
      _ = writeAll(Array((bar.map { "\r" + $0 } ?? lineRemoval).utf8), to: STDERR_FILENO)
      hasBar = bar != nil
    }
  }

  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// Writes everything; zero, or the system's error number.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  var written = 0
  while written < bytes.count {
    let count = bytes[written...].withUnsafeBytes {
      Foundation.write(descriptor, $0.baseAddress, $0.count)
    }
    if count > 0 {
      written += count
    } else if count == 0 || errno != EINTR && errno != EAGAIN {
      return count == 0 ? EIO : errno
    }
  }
  return 0
}
