import Foundation
import GalleryFaults

/// How many interruptions are tried, and what they hit.
enum FaultRounds {
  /// `BIOMATCH_FAULT_ROUNDS`, or 60.
  static let count = setting("BIOMATCH_FAULT_ROUNDS") ?? 60
  /// `BIOMATCH_FAULT_SEED`, from which everything random follows but what threads and clocks decide.
  static let seed = UInt64(setting("BIOMATCH_FAULT_SEED") ?? 1)
  /// How many follow each other in one directory or trace.
  static let series = 10

  /// Runs rounds in series of ten, two series at a time, and prints which operations were under way.
  ///
  /// - Parameter body: runs the rounds of a range, and gives what was under way in each.
  /// - Returns: How often something was.
  static func run(
    _ title: String,
    _ body: @escaping @Sendable (Range<Int>) async throws -> [[CourseOperation]]
  ) async throws -> Int {
    let ranges = stride(from: 0, to: count, by: series).map { $0..<min($0 + series, count) }
    let interrupted = try await withThrowingTaskGroup(of: [[CourseOperation]].self) { group in
      var all: [[CourseOperation]] = []
      for (index, range) in ranges.enumerated() {
        if index >= 2, let done = try await group.next() { all += done }
        group.addTask { try await body(range) }
      }
      for try await done in group { all += done }
      return all
    }
    var counts: [OperationKind: Int] = [:]
    for kind in interrupted.flatMap({ Set($0.map(\.kind)) }) { counts[kind, default: 0] += 1 }
    let parts = OperationKind.allCases.map { "\($0.rawValue) \(counts[$0] ?? 0)" }
    print("\(count) \(title), under way were: \(parts.joined(separator: ", "))")
    return interrupted.filter { !$0.isEmpty }.count
  }

  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }
}
