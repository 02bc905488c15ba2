import BiomatchCore
import Foundation
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// One line of a journal: before an operation, and after it has returned.
package enum JournalEntry: Codable, Sendable {
  case began(Int, CourseOperation)
  case ended(Int)
  case failed(Int, String)
}

/// Notes what a course began and what returned to it. What was written stays when the process is killed.
final class Journal: Sendable {
  private let file: Int32
  private let count = Mutex(0)
  private let kill: CourseOrder.Kill?

  /// - Parameter kill: during which operation the process is killed.
  init(_ path: String, kill: CourseOrder.Kill? = nil) {
    self.kill = kill
    file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    precondition(file >= 0, "the journal can be written")
  }

  /// Runs an operation between its two lines.
  func run<Value: Sendable>(
    _ operation: CourseOperation,
    _ body: () async throws -> Value
  ) async throws -> Value {
    let number = count.withLock { count in
      count += 1
      return count
    }
    try note(.began(number, operation))
    if let kill, kill.operation == number { kill.start() }
    do {
      let value = try await body()
      try note(.ended(number))
      return value
    } catch {
      try note(.failed(number, (error as? any BiomatchError)?.code ?? "\(error)"))
      throw error
    }
  }

  private func note(_ entry: JournalEntry) throws {
    let line = try JSONEncoder().encode(entry) + [UInt8(ascii: "\n")]
    let written = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    precondition(written == line.count, "a line is written at once")
  }
}

/// What a journal tells: what is certain, and what may or may not have happened.
package struct JournalReport: Sendable {
  /// What was acknowledged.
  package var state: CourseState
  /// What began and did not return.
  package var pending: [CourseOperation] = []
  /// The codes of the errors with which operations ended. What a creation, a rotation or an erasure had
  /// done by then may stay, and counts as pending; others have done nothing.
  package var failures: [String] = []

  /// Reads lines that follow a state.
  package init(_ lines: some Sequence<UInt8>, after state: CourseState) throws {
    self.state = state
    var begun: [Int: CourseOperation] = [:]
    for line in Array(lines).split(separator: UInt8(ascii: "\n")) {
      switch try JSONDecoder().decode(JournalEntry.self, from: Data(line)) {
      case .began(let number, let operation):
        begun[number] = operation
        self.state.note(operation)
      case .ended(let number):
        if let operation = begun.removeValue(forKey: number) { self.state.apply(operation) }
      case .failed(let number, let text):
        failures.append(text)
        guard let kind = begun[number]?.kind else { continue }
        if ![.create, .rotate, .erase].contains(kind) { begun[number] = nil }
      }
    }
    pending = begun.keys.sorted().compactMap { begun[$0] }
  }
}
