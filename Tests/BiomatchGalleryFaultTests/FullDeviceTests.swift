import BiomatchCore
import Foundation
import GalleryFaults
import Testing

@Suite("A device that is full", .enabled(if: FaultLayer.library != nil, FaultLayer.missing))
struct FullDeviceTests {
  @Test(
    "Whatever is under way ends with a typed error, nothing is lost, and with room it goes on",
    arguments: 0..<24
  )
  func full(round: Int) async throws {
    let workplace = try Workplace()
    var random = SeededGenerator(seed: FaultRounds.seed << 32 + UInt64(round))
    var order = workplace.order(after: CourseState(), seed: random.next())
    order.focus = OperationKind.allCases[round % OperationKind.allCases.count]
    order.freed = workplace.file("freed")
    // A new gallery takes about a fifth of the most.
    let settings = [
      "ROOT": workplace.root, "FREED": workplace.file("freed"),
      "ROOM": String(Int.random(in: 0..<1_000_000, using: &random)),
    ]
    let end = try await FaultProcess.run(order, environment: FaultLayer.environment(settings))
    #expect(end.status == 0, "\(end)")
    let report = try JournalReport(try workplace.takeJournal(), after: order.state)
    #expect(FileManager.default.fileExists(atPath: workplace.file("freed")), "room was left")
    var check = GalleryCheck(
      order,
      report,
      expectedFailures: [
        "gallery.storage.full", "file.no-space", "gallery.remains", "gallery.erasure-pending",
      ]
    )
    _ = try await check.run()
  }
}
