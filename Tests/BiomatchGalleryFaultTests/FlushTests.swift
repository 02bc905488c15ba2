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
      #expect(operation.flushesAfter == 0, "\(operation)")
    }
  }

  /// The files that an operation synchronised.
  private struct Flushes {
    let operation: CourseOperation
    var files: [String] = []
    /// How many there were between its end and the next one's beginning.
    var flushesAfter = 0
  }

  private static func flushes(
    _ order: CourseOrder,
    _ workplace: borrowing Workplace
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
          operations[last].flushesAfter += 1
        }
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
