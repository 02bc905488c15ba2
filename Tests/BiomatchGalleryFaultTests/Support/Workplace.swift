import BiomatchTestSupport
import Foundation
import GalleryFaults

/// The directories in which courses run.
struct Workplace: ~Copyable {
  private let directory: TemporaryDirectory

  var root: String { directory.file("root") }
  var keys: String { directory.file("keys") }
  var journal: String { directory.file("journal") }

  init() throws {
    let directory = try TemporaryDirectory()
    for path in [directory.file("root"), directory.file("keys")] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    self.directory = directory
  }

  func file(_ name: String) -> String { directory.file(name) }

  func order(after state: CourseState, seed: UInt64) -> CourseOrder {
    CourseOrder(root: root, keys: keys, journal: journal, state: state, seed: seed)
  }

  /// What the last course noted; the next one begins a new journal.
  func takeJournal() throws -> Data {
    guard let lines = FileManager.default.contents(atPath: journal) else { return Data() }
    try FileManager.default.removeItem(atPath: journal)
    return lines
  }
}
