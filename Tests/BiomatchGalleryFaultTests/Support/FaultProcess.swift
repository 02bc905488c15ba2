import BiomatchCore
import Foundation
import GalleryFaults
import Testing

/// The real process in which a gallery is worked on: `GalleryFaults`, built beside the tests.
enum FaultProcess {
  /// How a process ended.
  struct End {
    var wasKilled: Bool
    var status: Int32
    var errors: String
  }

  /// Runs an order to its end.
  static func run(_ order: CourseOrder, environment: [String: String] = [:]) async throws -> End {
    let argument = String(decoding: try JSONEncoder().encode(order), as: UTF8.self)
    let process = Process()
    process.executableURL = try program()
    process.arguments = [argument]
    process.environment = ProcessInfo.processInfo.environment
      // A backtrace of a process that is killed on purpose takes longer than all else.
      .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
      .merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let errors = order.journal + ".errors"
    try Data().write(to: URL(filePath: errors))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in ended.resume() }
      do { try process.run() } catch { ended.resume(throwing: error) }
    }
    return End(
      wasKilled: process.terminationReason == .uncaughtSignal && process.terminationStatus == 9,
      status: process.terminationStatus,
      errors: String(decoding: try Data(contentsOf: URL(filePath: errors)), as: UTF8.self)
    )
  }

  /// What the process of an order has noted by now.
  static func report(of order: CourseOrder) throws -> JournalReport {
    let lines = FileManager.default.contents(atPath: order.journal) ?? Data()
    return try JournalReport(lines, after: order.state)
  }

  /// Returns when the process of an order has come that far.
  static func wait(
    for order: CourseOrder,
    until isEnough: (JournalReport) -> Bool
  ) async throws {
    while !isEnough(try report(of: order)) { try await Task.sleep(for: .milliseconds(10)) }
  }

  private static func program() throws -> URL {
    let bundles =
      CommandLine.arguments.filter { $0.hasSuffix(".xctest") } + [Bundle.main.bundlePath]
    let candidates = bundles.flatMap { path in
      [URL(filePath: path).deletingLastPathComponent(), URL(filePath: path)]
    }.map { $0.appending(path: "GalleryFaults") }
    let found = candidates.first {
      FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false))
    }
    return try #require(found, "GalleryFaults is not beside the tests: \(candidates)")
  }
}
