import BiomatchTestSupport
import Foundation
import Synchronization
import Testing

@testable import BiomatchFingerprint

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The body of an exit test runs in a process of its own and captures nothing: both sides know their
/// directory by the identifier of the parent process.
private func faultDirectory(_ name: String, parent: pid_t) throws -> String {
  let url = FileManager.default.temporaryDirectory.appending(path: "biomatch-\(name)-\(parent)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  return url.path(percentEncoded: false)
}

/// A course of changes, one a generation, so that the generation tells the content.
private enum Course {
  /// What an index of that generation holds: a print more in two of three steps, one less in the third.
  static func prints(generation: Int) throws -> [StoredPrint] {
    var prints: [StoredPrint] = []
    for step in 1..<generation + 1 {
      if step.isMultiple(of: 3) { prints.removeFirst() } else { prints.append(try print(step)) }
    }
    return prints
  }

  /// Makes the change that leads to the next generation, and saves it.
  static func advance(_ index: FingerprintIndex) throws {
    let step = Int(index.generation) + 1
    if step.isMultiple(of: 3) {
      try index.remove([try prints(generation: step - 1)[0].reference])
    } else {
      try index.append([try print(step).entry], threads: 1)
    }
    if step.isMultiple(of: 7) { try index.compact() } else { try index.save() }
  }

  /// Opens the index and expects it to be whole, and what its generation tells.
  static func check(_ directory: String) throws -> Int {
    let index = try FingerprintIndex(opening: directory, matcher: Pool.matcher)
    try index.verify()
    let naive = NaiveIndex(try prints(generation: Int(index.generation)))
    let options = FingerprintSearchOptions.exhaustive(limit: 1000)
    let probe = [FingerprintSearchProbe(Pool.probes[0])]
    let found = try index.snapshot().searchBlocking(probe, options)[0]
    #expect(found.candidates == naive.candidates(ofProbe: 0, options))
    #expect(index.count == naive.prints.count)
    return Int(index.generation)
  }

  private static func print(_ step: Int) throws -> StoredPrint {
    StoredPrint(
      reference: try ReferenceID("step \(step)"),
      subject: try SubjectID("s"),
      position: .unknown,
      template: step % Pool.templates.count
    )
  }
}

/// A disk that fails to make a directory durable once a manifest has its place there.
private final class UndurableDisk: Sendable {
  private let manifest: String
  private let isPublished = Atomic(false)

  init(manifest: String) { self.manifest = manifest }

  /// Expects that the work fails for that reason.
  func expectFailure(_ work: () throws -> Void) throws {
    isPublished.store(false, ordering: .relaxed)
    let failure = FileError.failed(path: manifest, operation: .write, reason: "injected")
    #expect(throws: IndexError.file(failure)) {
      try FileEvent.watch(observer: observe, failure: fails, work)
    }
  }

  @Sendable private func observe(_ event: FileEvent) {
    guard case .rename(_, let name) = event else { return }
    if name.hasSuffix("/manifest.json") { isPublished.store(true, ordering: .relaxed) }
  }

  @Sendable private func fails(_ event: FileEvent) -> FileError? {
    guard case .synchronise(let path) = event, isPublished.load(ordering: .relaxed) else {
      return nil
    }
    return .failed(path: path, operation: .write, reason: "injected")
  }
}

@Suite("Failures while an index is saved")
struct SavedIndexFaultTests {
  @Test("a killed process leaves the index of its last or its next save, whole")
  func killed() async throws {
    let directory = try faultDirectory("index-kill", parent: getpid())
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try FingerprintIndex(matcher: Pool.matcher).save(to: directory)
    var generation = 0
    for _ in 0..<10 {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        let directory = try faultDirectory("index-kill", parent: getppid())
        let index = try FingerprintIndex(opening: directory, matcher: Pool.matcher)
        // One change in peace, so that every process gets somewhere on the slowest machine.
        try Course.advance(index)
        Thread.detachNewThread {
          usleep(UInt32.random(in: 0...20_000))
          kill(getpid(), SIGKILL)
        }
        while true { try Course.advance(index) }
      }
      let found = try Course.check(directory)
      #expect(found > generation)
      generation = found
    }
  }

  @Test("a full device is a typed error, and leaves the old index and nothing else")
  func fullDevice() async throws {
    let directory = try faultDirectory("index-full", parent: getpid())
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.save(to: directory)
    for _ in 0..<4 { try Course.advance(index) }
    await #expect(processExitsWith: .success) {
      let directory = try faultDirectory("index-full", parent: getppid())
      let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
      let index = try FingerprintIndex(opening: directory, matcher: Pool.matcher)
      // A limit on the size of files fails a write in the middle as a full device does.
      signal(SIGXFSZ, SIG_IGN)
      func limit(_ size: rlim_t) {
        var limits = rlimit(rlim_cur: size, rlim_max: rlim_t.max)
        #if canImport(Glibc)
          setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits)
        #else
          setrlimit(RLIMIT_FSIZE, &limits)
        #endif
      }
      // A manifest alone, then a segment with it, then a rewriting of everything.
      let print = try Course.prints(generation: 1)[0].entry
      var added = print
      added.reference = try ReferenceID("added and removed")
      for work in 0..<3 {
        if work == 0 {
          try index.append([added])
          try index.remove([added.reference])
        } else if work == 1 {
          try index.append([added])
        }
        for size in [0, 100, 4096, 9000, 20_000] where work > 0 || size < 200 {
          limit(rlim_t(size))
          do {
            try work == 2 ? index.compact() : index.save()
            exit(1)
          } catch let error as IndexError {
            guard error.code == "file.no-space" else { exit(2) }
          }
          limit(rlim_t.max)
          guard try FileManager.default.contentsOfDirectory(atPath: directory).sorted() == names,
            try Course.check(directory) == 4
          else { exit(3) }
        }
      }
      // With room again, the same changes are saved.
      try index.save()
      let count = try FingerprintIndex(opening: directory, matcher: Pool.matcher).count
      guard count == (try Course.prints(generation: 4).count) + 1 else { exit(4) }
      exit(0)
    }
  }

  @Test("a loss of power leaves the old index or the new one, and after saving the new one")
  func powerLoss() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("index")
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.save(to: path)
    for generation in 1...7 {
      // An append, a removal, and a compaction.
      guard [2, 3, 7].contains(generation) else {
        try Course.advance(index)
        continue
      }
      let disk = try ForgetfulDisk(directory: directory.path)
      let events = try ForgetfulDisk.events { try Course.advance(index) }
      var generations: Set<Int> = []
      var seen: Set<ForgetfulDisk.Files> = []
      try disk.forEachLoss(during: events) { step, files in
        guard seen.insert(files).inserted || step == events.count else { return }
        let copy = try TemporaryDirectory()
        try SavedFiles.write(files, to: copy.path)
        let found = try Course.check(copy.file("index"))
        generations.insert(found)
        if step == events.count { #expect(found == generation) }
      }
      #expect(generations == [generation - 1, generation])
    }
  }

  @Test("a save whose last step fails has put the new index in place, and the next goes on from it")
  func unconfirmed() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("index")
    let disk = UndurableDisk(manifest: path + "/manifest.json")
    let index = FingerprintIndex(matcher: Pool.matcher)
    try disk.expectFailure { try index.save(to: path) }
    try index.save(to: path)
    for generation in 1...8 {
      try disk.expectFailure { try Course.advance(index) }
      #expect(try Course.check(path) == generation)
      if generation.isMultiple(of: 2) { try disk.expectFailure { try index.save() } }
      if generation.isMultiple(of: 3) { try disk.expectFailure { try index.compact() } }
      if generation != 4 { try index.save() }
      #expect(try Course.check(path) == generation)
      try index.verify()
    }
    // What another has saved meanwhile is not overwritten.
    try disk.expectFailure { try Course.advance(index) }
    try Course.advance(try FingerprintIndex(opening: path, matcher: Pool.matcher))
    #expect(throws: IndexError.changed(path: path)) { try index.save() }
    #expect(try Course.check(path) == 10)
  }

  @Test("while one saves, another is told that the index is locked")
  func locked() throws {
    let directory = try TemporaryDirectory()
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.save(to: directory.path)
    do {
      let lock = try #require(try DirectoryLock(directory.path))
      try lock.hold { () throws in
        #expect(throws: IndexError.locked(path: directory.path)) {
          try Course.advance(index)
        }
        #expect(try Course.check(directory.path) == 0)
      }
    }
    try index.save()
    #expect(try Course.check(directory.path) == 1)
  }
}
