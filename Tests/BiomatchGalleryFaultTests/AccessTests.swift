import BiomatchCore
import BiomatchGallery
import Foundation
import GalleryFaults
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite("Galleries that may not be opened")
struct AccessTests {
  @Test("A second process that would write is told so, and the first goes on")
  func twoWriters() async throws {
    let workplace = try Workplace()
    var endless = workplace.order(after: CourseState(), seed: FaultRounds.seed)
    endless.operations = .max
    endless.killFile = workplace.file("enough")
    let order = endless
    async let first = FaultProcess.run(order)
    try await FaultProcess.wait(for: order) { $0.state.exists }
    var second = order
    second.state.exists = true
    second.killFile = nil
    second.journal = workplace.file("second")
    let refused = try await FaultProcess.run(second)
    #expect(refused.status == EXIT_FAILURE)
    #expect(refused.errors.contains("gallery.in-use"))
    await #expect(throws: GalleryError.inUse(path: order.gallery)) {
      try await Gallery.open(at: order.gallery, key: order.key(0))
    }
    try Data().write(to: URL(filePath: workplace.file("enough")))
    #expect(try await first.wasKilled)
    let report = try JournalReport(try workplace.takeJournal(), after: order.state)
    #expect(report.state.next > 1)
    var check = GalleryCheck(order, report)
    _ = try await check.run()
  }

  @Test("A wrong key is told from a damaged gallery, and the right one then opens everything")
  func wrongKey() async throws {
    let workplace = try Workplace()
    let (order, report) = try await Self.course(workplace)
    for access in [GalleryAccess.readWrite, .readOnly] {
      await #expect {
        try await Gallery.open(at: order.gallery, key: order.key(999), access: access)
      } throws: { error in
        let error = error as? GalleryError
        return error?.code == "gallery.wrong-key" && error?.remedy.isEmpty == false
      }
    }
    var check = GalleryCheck(order, report)
    #expect(try await check.run() == report.state)
  }

  @Test("Nothing can be written into a read-only directory, and nothing is lost")
  func readOnlyDirectory() async throws {
    let workplace = try Workplace()
    let (order, report) = try await Self.course(workplace)
    // Whoever runs this test may be the superuser, who may write everywhere: the other process is nobody.
    let files = try FileManager.default.subpathsOfDirectory(atPath: order.root)
      .map { order.root + "/" + $0 }
    let keys = try FileManager.default.contentsOfDirectory(atPath: order.keys)
      .map { order.keys + "/" + $0 }
    let base = URL(filePath: order.root).deletingLastPathComponent().path(percentEncoded: false)
    for path in files + keys + [order.root, order.keys] { chown(path, 65_534, 65_534) }
    chmod(base, 0o755)
    for path in files where path.hasPrefix(order.gallery + "/") { chmod(path, 0o400) }
    chmod(order.gallery, 0o500)
    let argument = String(decoding: try JSONEncoder().encode(order), as: UTF8.self)
    let key = report.state.key
    await #expect(processExitsWith: .success) {
      [argument = argument as String, key = key as Int] in
      if geteuid() == 0, setuid(65_534) != 0 { exit(9) }
      let order = try JSONDecoder().decode(CourseOrder.self, from: Data(argument.utf8))
      for access in [GalleryAccess.readWrite, .readOnly] {
        do {
          let gallery = try await Gallery.open(
            at: order.gallery,
            key: order.key(key),
            access: access
          )
          _ = try await gallery.enrol(try FaultPeople.person(9999, version: 1))
          exit(1)
        } catch let error as any BiomatchError {
          let codes = [
            "gallery.storage.read-only", "gallery.storage.cannot-open", "gallery.read-only",
            "file.not-permitted",
          ]
          guard codes.contains(error.code), !error.remedy.isEmpty else {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(2)
          }
        }
      }
      exit(0)
    }
    chmod(order.gallery, 0o700)
    for path in files where path.hasPrefix(order.gallery + "/") { chmod(path, 0o600) }
    for path in files + keys + [order.root, order.keys] { chown(path, geteuid(), getegid()) }
    var check = GalleryCheck(order, report)
    #expect(try await check.run() == report.state)
  }

  /// A gallery after a short course.
  private static func course(
    _ workplace: borrowing Workplace
  ) async throws -> (CourseOrder, JournalReport) {
    var order = workplace.order(after: CourseState(), seed: FaultRounds.seed)
    order.operations = 12
    let end = try await FaultProcess.run(order)
    try #require(end.status == 0, "\(end)")
    return (order, try JournalReport(try workplace.takeJournal(), after: order.state))
  }
}
