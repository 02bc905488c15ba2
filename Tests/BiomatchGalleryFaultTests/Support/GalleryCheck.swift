import BiomatchCore
import Foundation
import GalleryFaults

@testable import BiomatchGallery

/// What was promised and did not hold.
struct BrokenPromise: Error, CustomStringConvertible {
  let description: String
}

/// Checks what an interruption left in the directory of a course: everything that was acknowledged, and
/// of each operation that had not returned all or nothing.
struct GalleryCheck {
  private let order: CourseOrder
  private let report: JournalReport
  private let expectedFailures: Set<String>
  private var state: CourseState

  /// The check of the files that the order's directory has now.
  ///
  /// - Parameter expectedFailures: the codes of errors that operations may have ended with.
  init(_ order: CourseOrder, _ report: JournalReport, expectedFailures: Set<String> = []) {
    self.order = order
    self.report = report
    self.expectedFailures = expectedFailures
    state = report.state
  }

  /// Runs the check.
  ///
  /// - Returns: What the gallery has: all that was acknowledged, and what else has come to pass.
  mutating func run() async throws -> CourseState {
    let failures = Set(report.failures).subtracting(expectedFailures)
    try expect(failures.isEmpty, "operations failed: \(failures)")
    try checkNames()
    guard FileManager.default.fileExists(atPath: order.gallery) else {
      try expect(!state.exists, "the gallery that was created is not there")
      return state
    }
    try expect(state.exists || report.pending.contains(.create), "nobody created the gallery")
    state.exists = true
    try await findKey()
    // A reader comes before a writer has put anything in order.
    let reader = try await open(.readOnly)
    try await checkPeople(reader)
    try await reader.close()
    let writer = try await open(.readWrite)
    try await checkWhole(writer)
    let resolved = try await checkPeople(writer)
    try await Self.checkSearches(writer, resolved)
    try await checkBackup(writer)
    try await writer.close()
    state.people = resolved
    return state
  }

  private func expect(_ isTrue: Bool, _ text: @autoclosure () -> String) throws {
    guard !isTrue else { return }
    throw BrokenPromise(description: "\(text()); pending: \(report.pending); seed \(order.seed)")
  }

  // MARK: Files

  /// Besides what courses make there is only what they were making, under temporary names.
  private func checkNames() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: order.root) {
      let isKnown = name == "gallery" || name.hasPrefix("backup-") || name.hasPrefix("export-")
      try expect(isKnown || name.hasSuffix(".tmp"), "what is \(name)?")
      if name.hasSuffix(".tmp") {
        try FileManager.default.removeItem(atPath: order.root + "/" + name)
      }
    }
  }

  // MARK: Keys

  /// Of the key in force and the one of a rotation that did not return, one opens the gallery.
  private mutating func findKey() async throws {
    var candidates = [state.key]
    for case .rotate(let number) in report.pending { candidates.append(number) }
    var opening: [Int] = []
    for number in candidates {
      do {
        let gallery = try await Gallery.open(
          at: order.gallery,
          key: order.key(number),
          access: .readOnly,
          options: GalleryOptions(search: nil)
        )
        try await gallery.close()
        opening.append(number)
      } catch GalleryError.wrongKey {}
    }
    try expect(opening.count == 1, "of the keys \(candidates) these open the gallery: \(opening)")
    state.key = opening[0]
  }

  private func open(_ access: GalleryAccess) async throws -> Gallery {
    try await Gallery.open(at: order.gallery, key: order.key(state.key), access: access)
  }

  // MARK: People

  private func checkWhole(_ gallery: Gallery) async throws {
    let integrity = try await gallery.verifyIntegrity()
    try expect(integrity.isIntact, "\(integrity.findings)")
    let pending = try await gallery.store.pendingErasures()
    try expect(pending.isEmpty, "erasures are not finished: \(pending)")
  }

  /// Compares everybody, and gives whom the gallery has.
  @discardableResult
  private func checkPeople(_ gallery: Gallery) async throws -> [Int: Int] {
    var found: [Int: Int] = [:]
    for subject in try await gallery.read({ try $0.subjects() }) {
      guard let person = try await gallery.person(subject),
        let number = Int(subject.string.split(separator: "-").last ?? "")
      else { throw BrokenPromise(description: "\(subject) is listed and not there") }
      let version = try possibleVersions(number).first { version in
        try FaultPeople.person(number, version: version) == person
      }
      guard let version else {
        throw BrokenPromise(
          description: "\(subject) is not as it may be: \(person); \(report); seed \(order.seed)"
        )
      }
      found[number] = version
    }
    for number in report.state.people.keys where found[number] == nil {
      try expect(report.pending.contains(.erase(number)), "person \(number) is lost")
    }
    for case .enrol(let numbers) in report.pending {
      let count = numbers.filter { found[$0] != nil }.count
      try expect(count == 0 || count == numbers.count, "of \(numbers) \(count) are enrolled")
    }
    return found
  }

  private func possibleVersions(_ number: Int) -> [Int] {
    var versions = report.state.people[number].map { [$0] } ?? []
    for operation in report.pending {
      switch operation {
      case .enrol(let numbers) where numbers.contains(number): versions.append(1)
      case .update(number, let version): versions.append(version)
      default: break
      }
    }
    return versions
  }

  /// Everybody is found by their face and by their finger, and nobody else.
  static func checkSearches(_ gallery: Gallery, _ people: [Int: Int]) async throws {
    let numbers = people.keys.sorted()
    let probes = try numbers.map { try FaultPeople.probe($0, version: people[$0] ?? 1) }
    let found = try await gallery.identify(probes, IdentificationOptions(limit: 1))
    for (number, answer) in zip(numbers, found) {
      guard answer.candidates.first?.subject == (try FaultPeople.subject(number)) else {
        throw BrokenPromise(description: "person \(number) is not found: \(answer)")
      }
    }
    let byFinger = try await gallery.identify(
      try FaultPeople.fingerProbe(),
      IdentificationOptions(limit: 1000)
    )
    let subjects = try numbers.map { try FaultPeople.subject($0) }
    guard Set(byFinger.candidates.map(\.subject)) == Set(subjects) else {
      throw BrokenPromise(description: "fingers of \(subjects) gave \(byFinger.candidates)")
    }
  }

  // MARK: Backups

  /// The last backup is restored with its keys; one that had not returned is not there or whole.
  private mutating func checkBackup(_ gallery: Gallery) async throws {
    for case .backup(let number) in report.pending
    where FileManager.default.fileExists(atPath: order.backup(number)) {
      state.apply(.backup(number))
    }
    for case .export(let number) in report.pending
    where FileManager.default.fileExists(atPath: order.export(number)) {
      state.apply(.export(number))
    }
    guard let backup = state.backup else { return }
    var keys = order.export(backup.number)
    var erased = backup.erasedBeforeExport
    if erased == nil {
      keys = order.root + "/late.tmp"
      try await gallery.exportKeys(to: keys, under: order.key(0))
      erased = Set(try await checkPeople(gallery).keys)
      erased = Set(backup.people.keys).subtracting(erased ?? [])
    }
    let restored = order.root + "/restored.tmp"
    _ = try await Gallery.restore(
      from: order.backup(backup.number),
      keys: (keys, order.key(0)),
      to: restored
    )
    let copy = try await Gallery.open(at: restored, key: order.key(0))
    let integrity = try await copy.verifyIntegrity()
    try expect(integrity.isIntact, "backup: \(integrity.findings)")
    for (number, version) in backup.people {
      let person = try await copy.person(try FaultPeople.subject(number))
      let expected =
        erased?.contains(number) == true
        ? nil : try FaultPeople.person(number, version: version)
      try expect(
        person == expected,
        "person \(number) of the backup: \(String(describing: person))"
      )
    }
    let count = try await copy.state().subjects
    let expected = Set(backup.people.keys).subtracting(erased ?? []).count
    try expect(count == expected, "the backup has \(count) people instead of \(expected)")
    try await copy.close()
    for path in [restored, keys] where path.hasSuffix(".tmp") {
      try FileManager.default.removeItem(atPath: path)
    }
  }
}
