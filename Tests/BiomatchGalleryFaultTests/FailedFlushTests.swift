import BiomatchCore
import Foundation
import GalleryFaults
import Testing

@Suite(
  "A device that fails to synchronise",
  .enabled(if: FaultLayer.library != nil, FaultLayer.missing)
)
struct FailedFlushTests {
  @Test(
    "A change whose flush failed does not come back after a kill, and nothing else is lost",
    arguments: ["gallery.sqlite-wal", "keys.sqlite-wal"]
  )
  func failedFlush(file: String) async throws {
    var failed = 0
    for failure in 1...24 {
      let workplace = try Workplace()
      var order = workplace.order(after: CourseState(), seed: FaultRounds.seed)
      order.script = [
        .enrol([1]), .enrol([2, 3]), .update(2, version: 2), .erase(1), .enrol([4]),
        .enrol([5, 6]),
      ]
      order.isKilledAtEnd = true
      let settings = [
        "ROOT": workplace.root, "FAILING": file, "FAILURE": String(failure),
      ]
      _ = try await FaultProcess.run(order, environment: FaultLayer.environment(settings))
      let report = try JournalReport(try workplace.takeJournal(), after: order.state)
      let codes: Set = ["gallery.storage.input-output", "gallery.erasure-pending"]
      if !codes.isDisjoint(with: report.failures) { failed += 1 }
      var check = GalleryCheck(order, report, expectedFailures: codes)
      do { _ = try await check.run() } catch { Issue.record("flush \(failure): \(error)") }
    }
    #expect(failed > 4)
  }
}
