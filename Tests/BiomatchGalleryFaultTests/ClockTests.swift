import BiomatchCore
import Foundation
import GalleryFaults
import Testing

@Suite("A clock that goes back", .enabled(if: FaultLayer.library != nil, FaultLayer.missing))
struct ClockTests {
  @Test("A clock that is an hour earlier at every look changes nothing")
  func backwards() async throws {
    let workplace = try Workplace()
    var order = workplace.order(after: CourseState(), seed: FaultRounds.seed)
    order.operations = 60
    let settings = ["ROOT": workplace.root, "CLOCK": "3600"]
    let end = try await FaultProcess.run(order, environment: FaultLayer.environment(settings))
    #expect(end.status == 0, "\(end)")
    let report = try JournalReport(try workplace.takeJournal(), after: order.state)
    #expect(report.pending.isEmpty)
    var check = GalleryCheck(order, report)
    #expect(try await check.run() == report.state)
  }
}
