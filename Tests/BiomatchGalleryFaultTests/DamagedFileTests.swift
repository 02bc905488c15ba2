import BiomatchCore
import BiomatchGallery
import Foundation
import GalleryFaults
import Testing

@Suite("Files of a gallery that are damaged")
struct DamagedFileTests {
  @Test(
    "Damage is a typed error or a finding, never the end of the process or another person",
    arguments: [
      "gallery.json", "gallery.sqlite", "keys.sqlite", "gallery.sqlite-wal", "keys.sqlite-wal",
      "index",
    ]
  )
  func damage(name: String) async throws {
    let workplace = try Workplace()
    var order = workplace.order(after: CourseState(), seed: FaultRounds.seed)
    // A killed process leaves logs.
    order.isKilledAtEnd = name != "index"
    order.operations = 14
    order.closes = true
    #expect(try await FaultProcess.run(order).wasKilled == order.isKilledAtEnd)
    let report = try JournalReport(try workplace.takeJournal(), after: order.state)
    try #require(report.pending.isEmpty && report.state.people.count > 1)
    order.state = report.state
    let argument = String(decoding: try JSONEncoder().encode(order), as: UTF8.self)
    await #expect(processExitsWith: .success) {
      [argument = argument as String, name = name as String] in
      do {
        let order = try JSONDecoder().decode(CourseOrder.self, from: Data(argument.utf8))
        // Of the indexes each file.
        let files =
          name == "index"
          ? try FileManager.default.subpathsOfDirectory(atPath: order.gallery + "/index")
            .map { "index/" + $0 }.filter { !isDirectory(order.gallery + "/" + $0) } : [name]
        guard !files.isEmpty else { exit(3) }
        for file in files { try await DamageSurvey(order, file).run() }
        exit(0)
      } catch {
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        exit(1)
      }
    }
    var check = GalleryCheck(order, report)
    #expect(try await check.run() == report.state)
  }
}

private func isDirectory(_ path: String) -> Bool {
  var isDirectory: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    && isDirectory.boolValue
}

/// Damages one file of copies of a gallery in many ways, and opens each.
private struct DamageSurvey {
  private let order: CourseOrder
  private let name: String
  private let copy: String
  private let whole: [UInt8]

  init(_ order: CourseOrder, _ name: String) throws {
    self.order = order
    self.name = name
    copy = order.root + "/damaged.tmp"
    whole = try FileBytes.read(order.gallery + "/" + name)
  }

  func run() async throws {
    var random = SeededGenerator(seed: order.seed)
    try await look(nil, "missing")
    guard !whole.isEmpty else { throw BrokenPromise(description: "\(name) is empty") }
    for size in [0, 1, 31, 100, whole.count / 2, whole.count - 1] where size < whole.count {
      try await look(Array(whole.prefix(size)), "cut to \(size)")
    }
    // The first bytes of a page say how it is built; of the first one, how the file is.
    for page in stride(from: 0, to: whole.count, by: 8192) {
      let end = min(whole.count, page + 8192)
      var places = (0..<4).map { _ in Int.random(in: page..<end, using: &random) }
      places += (0..<4).map { _ in min(end - 1, page + Int.random(in: 0..<120, using: &random)) }
      for place in places {
        var bytes = whole
        bytes[place] ^= UInt8.random(in: 1...255, using: &random)
        try await look(bytes, "byte \(place)")
      }
      var bytes = whole
      for place in page..<end { bytes[place] = 0 }
      try await look(bytes, "page at \(page) zero")
    }
  }

  /// Opens a copy in which the file has other bytes, or is missing.
  private func look(_ bytes: [UInt8]?, _ damage: String) async throws {
    let manager = FileManager.default
    try? manager.removeItem(atPath: copy)
    try manager.createDirectory(atPath: copy, withIntermediateDirectories: false)
    for other in try manager.contentsOfDirectory(atPath: order.gallery)
    where !other.hasSuffix("-shm") {
      try manager.copyItem(atPath: order.gallery + "/" + other, toPath: copy + "/" + other)
    }
    try manager.removeItem(atPath: copy + "/" + name)
    if let bytes { try Data(bytes).write(to: URL(filePath: copy + "/" + name)) }
    do {
      let gallery = try await Gallery.open(at: copy, key: order.key(order.state.key))
      do {
        try await read(gallery)
        // Indexes that are damaged are made anew, and nobody notices.
        if name.hasPrefix("index") {
          try await GalleryCheck.checkSearches(gallery, order.state.people)
        }
      } catch {
        try? await gallery.close()
        throw error
      }
      try await gallery.close()
    } catch let error as any BiomatchError {
      guard !error.remedy.isEmpty, !error.code.hasSuffix("other"), !name.hasPrefix("index") else {
        throw BrokenPromise(description: "\(damage): \(error)")
      }
    } catch {
      throw BrokenPromise(description: "\(damage): \(error)")
    }
    try? manager.removeItem(atPath: copy)
  }

  /// Everybody whom the gallery gives out is as they were enrolled, and who is missing is missed.
  private func read(_ gallery: Gallery) async throws {
    let integrity = try await gallery.verifyIntegrity()
    var count = 0
    for (number, version) in order.state.people {
      let person = try await gallery.person(try FaultPeople.subject(number))
      guard let person else { continue }
      count += 1
      // What is in clear, category and lists, nothing binds; and a log that was cut is an earlier gallery.
      guard integrity.isIntact, !name.hasSuffix("-wal") else { continue }
      let expected = try FaultPeople.person(number, version: version)
      guard person.samples == expected.samples, person.demographics == expected.demographics else {
        throw BrokenPromise(description: "another person \(number): \(person)")
      }
    }
    if integrity.isIntact, !name.hasSuffix("-wal"), count != order.state.people.count {
      throw BrokenPromise(description: "\(count) people are left, and nothing is found")
    }
  }
}
