import BiomatchTestSupport
import Foundation
import Testing

/// The real `biomatch`, built beside the tests.
enum Executable {
  /// What one run gave.
  struct Run {
    var arguments: [String]
    var status: Int32
    var output: String
    var errors: String

    /// Everything about the run, to be compared with a golden file.
    var transcript: String {
      """
      $ biomatch \(arguments.joined(separator: " "))
      exit \(status)
      ---- standard output
      \(output)---- standard error
      \(errors)
      """
    }
  }

  /// Runs `biomatch`, by default in the directory with the golden inputs.
  static func run(
    _ arguments: [String],
    input: [UInt8] = [],
    in directory: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    try run(program(), arguments, input: input, in: directory, environment: environment)
  }

  /// Runs a shell command in which `$BIOMATCH` is the program.
  static func shell(_ command: String, in directory: URL? = nil) throws -> Run {
    try run(
      URL(filePath: "/bin/bash"),
      ["-c", command],
      in: directory,
      environment: ["BIOMATCH": program().path(percentEncoded: false)]
    )
  }

  private static func run(
    _ program: URL,
    _ arguments: [String],
    input: [UInt8] = [],
    in directory: URL?,
    environment: [String: String]
  ) throws -> Run {
    try TemporaryDirectory.with { scratch in
      // Files rather than pipes: nothing can fill up and block.
      let (stdin, stdout, stderr) = (
        scratch.appending(path: "in"), scratch.appending(path: "out"),
        scratch.appending(path: "err")
      )
      try Data(input).write(to: stdin)
      try Data().write(to: stdout)
      try Data().write(to: stderr)
      let process = process(program, arguments, in: directory, environment: environment)
      process.standardInput = try FileHandle(forReadingFrom: stdin)
      process.standardOutput = try FileHandle(forWritingTo: stdout)
      process.standardError = try FileHandle(forWritingTo: stderr)
      try process.run()
      process.waitUntilExit()
      return Run(
        arguments: arguments,
        status: process.terminationReason == .exit
          ? process.terminationStatus : 128 + process.terminationStatus,
        output: String(decoding: try Data(contentsOf: stdout), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: stderr), as: UTF8.self)
      )
    }
  }

  /// A run of `biomatch` that has not begun.
  static func process(_ arguments: [String], in directory: URL) throws -> Process {
    process(try program(), arguments, in: directory, environment: [:])
  }

  private static func process(
    _ program: URL,
    _ arguments: [String],
    in directory: URL?,
    environment: [String: String]
  ) -> Process {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory ?? inputs
    process.environment = ProcessInfo.processInfo.environment
      .filter { !["COLUMNS", "BIOMATCH_SIMD"].contains($0.key) }
      .merging(environment) { $1 }
    return process
  }

  /// The directory with the files that the golden runs read.
  static let inputs = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Golden/cli/inputs")

  private static func program() throws -> URL {
    let bundles =
      CommandLine.arguments.filter { $0.hasSuffix(".xctest") } + [
        Bundle.main.bundlePath
      ]
    let directories = bundles.flatMap { path in
      [URL(filePath: path).deletingLastPathComponent(), URL(filePath: path)]
    }
    let candidates = directories.map { $0.appending(path: "biomatch") }
    let found = candidates.first {
      FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false))
    }
    return try #require(found, "biomatch is not beside the tests: \(candidates)")
  }
}
