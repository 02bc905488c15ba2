#if canImport(Glibc)
  import Foundation
  import Glibc
  import Testing

  /// A terminal in which a program runs, and somebody who answers its questions.
  struct PseudoTerminal: ~Copyable {
    private let controller: FileHandle
    private let terminal: FileHandle

    init() throws {
      var (one, other): (Int32, Int32) = (-1, -1)
      try #require(openpty(&one, &other, nil, nil, nil) == 0)
      controller = FileHandle(fileDescriptor: one, closeOnDealloc: true)
      terminal = FileHandle(fileDescriptor: other, closeOnDealloc: true)
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - answer: what is typed when the program has shown `question`.
    ///   - during: is called before.
    /// - Returns: what stands in the terminal, typed characters too.
    func run(
      _ process: Process,
      question: String,
      answer: String,
      _ during: () throws -> Void
    ) throws -> (status: Int32, text: String) {
      process.standardInput = terminal
      process.standardOutput = terminal
      process.standardError = terminal
      try process.run()
      // From here on the program alone has the terminal open: its end is the end of what can be read.
      try terminal.close()
      var shown: [UInt8] = []
      var isAnswered = false
      var buffer = [UInt8](repeating: 0, count: 4096)
      while case let count = read(controller.fileDescriptor, &buffer, buffer.count), count > 0 {
        shown += buffer[..<count]
        guard !isAnswered, String(decoding: shown, as: UTF8.self).contains(question) else {
          continue
        }
        isAnswered = true
        try during()
        try controller.write(contentsOf: Data(answer.utf8))
      }
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: shown, as: UTF8.self))
    }
  }
#endif
