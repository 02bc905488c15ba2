import BiomatchCore
import BiomatchTestSupport
import Foundation
import GalleryFaults
import Testing

@Suite(
  "Losses of power while a gallery is worked on",
  .enabled(if: FaultLayer.library != nil, FaultLayer.missing)
)
struct PowerLossTests {
  @Test("The trace has every change: replayed, it gives the files that are there")
  func completeness() async throws {
    let workplace = try Workplace()
    let (order, trace) = try await Self.trace(workplace, 0)
    let copy = workplace.file("copy")
    var disk = ReplayedDisk(root: order.root)
    for change in trace.changes { try disk.apply(change) }
    var random = SeededGenerator(seed: 0)
    try disk.write(.everything, to: copy, &random)
    let manager = FileManager.default
    let names = try manager.subpathsOfDirectory(atPath: order.root).filter {
      !$0.hasSuffix("-shm")
    }
    #expect(names.sorted() == (try manager.subpathsOfDirectory(atPath: copy)).sorted())
    for name in names {
      let file = order.root + "/" + name
      var isDirectory: ObjCBool = false
      _ = manager.fileExists(atPath: file, isDirectory: &isDirectory)
      if isDirectory.boolValue { continue }
      #expect(
        manager.contents(atPath: file) == manager.contents(atPath: copy + "/" + name),
        "\(name)"
      )
    }
    #expect(Data(disk.marks) == manager.contents(atPath: order.journal))
  }

  @Test("No loss of power takes what was acknowledged, or leaves half of anything")
  func losses() async throws {
    let interrupted = try await FaultRounds.run("losses of power", Self.lose)
    #expect(interrupted > FaultRounds.count / 3)
  }

  /// Lets the power fail at several moments of one course.
  @Sendable private static func lose(_ rounds: Range<Int>) async throws -> [[CourseOperation]] {
    let workplace = try Workplace()
    let number = rounds.lowerBound / FaultRounds.series
    let (order, trace) = try await trace(workplace, number)
    var random = SeededGenerator(seed: order.seed)
    let moments = rounds.map { _ in Int.random(in: 0...trace.changes.count, using: &random) }
    var disk = ReplayedDisk(root: order.root)
    var done = 0
    var interrupted: [[CourseOperation]] = []
    for (index, moment) in moments.sorted().enumerated() {
      for change in trace.changes[done..<moment] { try disk.apply(change) }
      done = moment
      var after = order
      after.root = workplace.file("loss-\(index)")
      try disk.write(index.isMultiple(of: 2) ? .nothing : .anything, to: after.root, &random)
      let report = try JournalReport(disk.marks, after: order.state)
      interrupted.append(report.pending)
      do {
        var check = GalleryCheck(after, report)
        _ = try await check.run()
      } catch {
        let place = "trace \(number), change \(moment) of \(trace.changes.count)"
        throw BrokenPromise(description: "\(place), loss \(index): \(error)")
      }
      try FileManager.default.removeItem(atPath: after.root)
    }
    return interrupted
  }

  /// The trace of a course from the creation of a gallery on.
  private static func trace(
    _ workplace: borrowing Workplace,
    _ number: Int
  ) async throws -> (CourseOrder, FileTrace) {
    let seed = FaultRounds.seed << 32 + UInt64(number)
    var order = workplace.order(after: CourseState(), seed: seed)
    order.operations = 40
    order.focus = OperationKind.allCases[number % OperationKind.allCases.count]
    let settings = [
      "ROOT": workplace.root, "TRACE": workplace.file("trace"), "MARKS": workplace.journal,
    ]
    let end = try await FaultProcess.run(order, environment: FaultLayer.environment(settings))
    try #require(end.status == 0, "\(end)")
    return (order, try FileTrace(workplace.file("trace")))
  }
}
