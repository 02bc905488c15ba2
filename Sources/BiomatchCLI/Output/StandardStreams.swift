import Foundation

/// The standard output, where answers go and nothing else.
enum StandardOutput {
  static func write(_ text: String) { writeAll(Array(text.utf8), to: STDOUT_FILENO) }

  static func write(_ bytes: [UInt8]) { writeAll(bytes, to: STDOUT_FILENO) }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

/// The standard error, for errors, warnings and progress.
enum StandardError {
  static func write(_ text: String) { writeAll(Array(text.utf8), to: STDERR_FILENO) }

  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// Writes everything, or as much as the reader wants: one that has gone away is no error.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
  var written = 0
  while written < bytes.count {
    let count = bytes[written...].withUnsafeBytes {
      Foundation.write(descriptor, $0.baseAddress, $0.count)
    }
    if count > 0 {
      written += count
    } else if count < 0, errno == EINTR || errno == EAGAIN {
      continue
    } else {
      return
    }
  }
}
