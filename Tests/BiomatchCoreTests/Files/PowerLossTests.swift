import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Loss of power while files are written")
struct PowerLossTests {
  /// Something that is made whole or not at all: what it does, and what its files may then be.
  private struct Work {
    let events: [FileEvent]
    let disk: ForgetfulDisk
    let isOld: (ForgetfulDisk.Files) throws -> Bool
    let isNew: (ForgetfulDisk.Files) throws -> Bool

    /// The first step after which a loss leaves something else than it should, with what it leaves.
    func violation(without left: Int? = nil) throws -> String? {
      var events = events
      if let left { events.remove(at: left) }
      var first: String?
      try disk.forEachLoss(during: events) { step, files in
        guard first == nil else { return }
        let isNew = try isNew(files)
        if step == events.count ? !isNew : !(try isNew || isOld(files)) {
          first = "after \(step) of \(events.count): \(files.mapValues(\.count))"
        }
      }
      return first
    }

    var synchronisations: [Int] {
      events.indices.filter { if case .synchronise = events[$0] { true } else { false } }
    }
  }

  /// Whole files, the first of its name and one that replaces another.
  private func wholeFile(replaces: Bool) throws -> Work {
    let directory = try TemporaryDirectory()
    let path = directory.file("file")
    let old = [UInt8](repeating: 1, count: 5000)
    let new = [UInt8](repeating: 2, count: 9000)
    if replaces { try FileBytes.write(old, to: path) }
    let disk = try ForgetfulDisk(directory: directory.path)
    let events = try ForgetfulDisk.events { try FileBytes.write(new, to: path) }
    return Work(events: events, disk: disk) {
      $0["file"] == (replaces ? old : nil)
    } isNew: {
      $0["file"] == new
    }
  }

  private func segment(replaces: Bool) throws -> Work {
    let directory = try TemporaryDirectory()
    let path = directory.file("s.segment")
    if replaces { try Fixture.writeGolden(to: path, generation: 1) }
    let disk = try ForgetfulDisk(directory: directory.path)
    let events = try ForgetfulDisk.events { try Fixture.writeGolden(to: path, generation: 2) }
    func generation(_ files: ForgetfulDisk.Files) throws -> UInt64? {
      guard let bytes = files["s.segment"] else { return nil }
      let directory = try TemporaryDirectory()
      let copy = directory.file("copy.segment")
      try Data(bytes).write(to: URL(filePath: copy))
      guard let segment = try? Segment(path: copy, expecting: Fixture.identity),
        (try? segment.verify()) != nil
      else { return .max }
      return segment.generation
    }
    return Work(events: events, disk: disk) {
      try generation($0) == (replaces ? 1 : nil)
    } isNew: {
      try generation($0) == 2
    }
  }

  private func newDirectory() throws -> Work {
    let directory = try TemporaryDirectory()
    let disk = try ForgetfulDisk(directory: directory.path)
    let events = try ForgetfulDisk.events {
      try FileBytes.createDirectory(directory.file("inner"))
      try FileBytes.write([1, 2, 3], to: directory.file("inner/file"))
    }
    return Work(events: events, disk: disk) {
      $0["inner/file"] == nil
    } isNew: {
      $0["inner/file"] == [1, 2, 3]
    }
  }

  private func works() throws -> [(String, Work)] {
    [
      ("a new file", try wholeFile(replaces: false)),
      ("a replaced file", try wholeFile(replaces: true)),
      ("a new segment", try segment(replaces: false)),
      ("a replaced segment", try segment(replaces: true)),
      ("a file in a new directory", try newDirectory()),
    ]
  }

  @Test("at every step the old or the new file is there, whole, and at the end the new one")
  func everyStep() throws {
    for (name, work) in try works() {
      #expect(try work.violation() == nil, "\(name)")
    }
  }

  @Test("every synchronisation is needed: without it a loss of power would do harm")
  func everySynchronisation() throws {
    for (name, work) in try works() {
      let synchronisations = work.synchronisations
      #expect(synchronisations.count >= 2, "\(name)")
      for step in synchronisations {
        #expect(try work.violation(without: step) != nil, "\(name), \(work.events[step])")
      }
    }
  }

  @Test("a writer that is given up leaves the old file, whatever arrives")
  func givenUp() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("s.segment")
    try Fixture.writeGolden(to: path)
    let old = try FileBytes.read(path)
    let disk = try ForgetfulDisk(directory: directory.path)
    let events = try ForgetfulDisk.events {
      var writer = try SegmentWriter(path: path, identity: Fixture.identity, generation: 8)
      try writer.beginSection("arena")
      try writer.append([1, 2, 3])
    }
    #expect(events.last.map { if case .remove = $0 { true } else { false } } == true)
    try disk.forEachLoss(during: events) { step, files in
      #expect(files["s.segment"] == old, "after \(step) of \(events.count)")
    }
  }
}
