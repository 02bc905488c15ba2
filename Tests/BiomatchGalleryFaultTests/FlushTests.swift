import BiomatchCore
import Foundation
import GalleryFaults
import Testing

@Suite(
  "What a change costs the device",
  .enabled(if: FaultLayer.library != nil, FaultLayer.missing)
)
struct FlushTests {
  /// What was promised.
  private static let most = 3

  @Test(
    "An enrolment or an update of one person is durable and searchable within three flushes",
    arguments: [true, false]
  )
  func changes(isSealed: Bool) async throws {
    let workplace = try Workplace()
    var order = workplace.order(after: CourseState(), seed: FaultRounds.seed)
    order.isSealed = isSealed
    // An erasure, a compaction, a rotation and an opening empty logs, which are then begun again.
    order.script = [
      .enrol([1]), .enrol([2]), .update(2, version: 2), .erase(1), .enrol([3]),
      .update(3, version: 2), .compact, .update(3, version: 3), .enrol([4]),
    ]
    if isSealed { order.script? += [.rotate(5), .enrol([6]), .update(4, version: 2)] }
    let first = try await Self.flushes(order, workplace)
    order.state = try JournalReport(try workplace.takeJournal(), after: order.state).state
    order.script = [.enrol([7]), .update(7, version: 2), .enrol([8])]
    let reopened = try await Self.flushes(order, workplace)
    let changes = (first + reopened).filter { [.enrol, .update].contains($0.operation.kind) }
    #expect(changes.count == (isSealed ? 12 : 10))
    for change in changes {
      #expect((1...Self.most).contains(change.files.count), "\(change)")
      #expect(change.files.last == "gallery.sqlite-wal", "\(change)")
    }
    // A search, which follows each of them, writes nothing.
    for operation in first.dropLast() + reopened.dropLast() {
      #expect(operation.filesAfter.isEmpty, "\(operation)")
    }
  }

  @Test("A long log is moved into its database when callers have their answers, and begun again")
  func longLog() async throws {
    let workplace = try Workplace()
    var order = workplace.order(after: CourseState(), seed: FaultRounds.seed)
    // Sealing so many bytes without optimisation takes minutes.
    order.isSealed = false
    let large = (0..<3).map { round in (0..<3).map { FaultPeople.large + 3 * round + $0 } }
    order.script = large.enumerated().flatMap { round, people in
      [.enrol(people), .enrol([round + 1]), .update(round + 1, version: 2)]
    }
    var longest = 0
    let operations = try await Self.flushes(order, workplace) { file, end in
      if file == "gallery.sqlite-wal" { longest = max(longest, end) }
    }
    #expect(operations.count == 9)
    for operation in operations {
      #expect(!operation.files.contains("gallery.sqlite"), "\(operation)")
      guard case .enrol(let people) = operation.operation, people.count == 3 else {
        #expect(operation.files.count <= Self.most, "\(operation)")
        continue
      }
      #expect(operation.filesAfter.contains("gallery.sqlite"), "\(operation)")
    }
    // One such enrolment has 36 MB, and all together three times as much.
    #expect((36_000_000..<45_000_000).contains(longest))
  }

  /// The files that an operation synchronised.
  private struct Flushes {
    let operation: CourseOperation
    var files: [String] = []
    /// Those that were between its end and the next one's beginning.
    var filesAfter: [String] = []
  }

  /// Runs an order, and calls `wrote` with the file and the end of each write.
  private static func flushes(
    _ order: CourseOrder,
    _ workplace: borrowing Workplace,
    wrote: (_ file: String, _ end: Int) -> Void = { _, _ in }
  ) async throws -> [Flushes] {
    let settings = [
      "ROOT": workplace.root, "TRACE": workplace.file("trace"), "MARKS": workplace.journal,
    ]
    let end = try await FaultProcess.run(order, environment: FaultLayer.environment(settings))
    try #require(end.status == 0, "\(end)")
    var names: [Int32: String] = [:]
    var operations: [Flushes] = []
    var isUnderWay = false
    for change in try FileTrace(workplace.file("trace")).changes {
      switch change {
      case .open(let file, let path, _, _): names[file] = URL(filePath: path).lastPathComponent
      case .synchronise(let file):
        guard let last = operations.indices.last else { continue }
        if isUnderWay {
          operations[last].files.append(names[file] ?? "")
        } else {
          operations[last].filesAfter.append(names[file] ?? "")
        }
      case .write(let file, let offset, let bytes): wrote(names[file] ?? "", offset + bytes.count)
      case .mark(let line):
        switch try JSONDecoder().decode(JournalEntry.self, from: Data(line)) {
        case .began(_, let operation):
          operations.append(Flushes(operation: operation))
          isUnderWay = true
        case .ended, .failed: isUnderWay = false
        }
      default: break
      }
    }
    return operations.filter { $0.operation != .create }
  }
}
