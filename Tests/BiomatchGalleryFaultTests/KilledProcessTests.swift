import BiomatchCore
import BiomatchTestSupport
import Foundation
import GalleryFaults
import Testing

@Suite("Processes that are killed while they work on a gallery")
struct KilledProcessTests {
  @Test("No kill loses what was acknowledged, or leaves half of anything")
  func kills() async throws {
    let interrupted = try await FaultRounds.run("kills", Self.kill)
    #expect(interrupted > FaultRounds.count / 3)
  }

  /// Kills one process after the other that goes on with the same gallery.
  @Sendable private static func kill(_ rounds: Range<Int>) async throws -> [[CourseOperation]] {
    let workplace = try Workplace()
    var random = SeededGenerator(seed: FaultRounds.seed << 32 + UInt64(rounds.lowerBound))
    var state = CourseState()
    var interrupted: [[CourseOperation]] = []
    for round in rounds {
      var order = workplace.order(after: state, seed: random.next())
      order.focus = OperationKind.allCases[round % OperationKind.allCases.count]
      // One in ten comes while the gallery is opened.
      order.kill =
        round % 10 == 5
        ? CourseOrder.Kill(operation: 0, delay: .random(in: 0..<120_000, using: &random))
        : CourseOrder.Kill(
          operation: .random(in: 1...12, using: &random),
          delay: .random(in: 0..<6000, using: &random)
        )
      let end = try await FaultProcess.run(order)
      try #require(end.wasKilled, "round \(round): \(end)")
      let report = try JournalReport(try workplace.takeJournal(), after: state)
      interrupted.append(report.pending)
      var check = GalleryCheck(order, report)
      state = try await check.run()
    }
    return interrupted
  }
}
