import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

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

@Suite("Failures while a segment is written")
struct SegmentFaultTests {
  @Test("a killed writer leaves the old or the new segment, whole")
  func killedWriter() async throws {
    let directory = try faultDirectory("kill", parent: getpid())
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let path = directory + "/s.segment"
    try Fixture.writeGolden(to: path, generation: 0)
    var generations: Set<UInt64> = []
    for _ in 0..<12 {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        let path = try faultDirectory("kill", parent: getppid()) + "/s.segment"
        var generation = try Segment(path: path).generation + 1
        // One segment in peace, so that every writer gets somewhere on the slowest machine.
        try Fixture.writeGolden(to: path, generation: generation)
        Thread.detachNewThread {
          usleep(UInt32.random(in: 0...20_000))
          kill(getpid(), SIGKILL)
        }
        while true {
          generation += 1
          try Fixture.writeGolden(to: path, generation: generation)
        }
      }
      let segment = try Segment(path: path, expecting: Fixture.identity)
      try segment.verify()
      generations.insert(segment.generation)
    }
    #expect(generations.count == 12)
  }

  @Test("a full device is a typed error, and leaves the old segment and nothing else")
  func fullDevice() async throws {
    let directory = try faultDirectory("full", parent: getpid())
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try Fixture.writeGolden(to: directory + "/s.segment")
    await #expect(processExitsWith: .success) {
      let directory = try faultDirectory("full", parent: getppid())
      let path = directory + "/s.segment"
      // A limit on the size of files fails a write in the middle as a full device does.
      signal(SIGXFSZ, SIG_IGN)
      for limit in [0, 100, 4096, 9000, 20_000] {
        var limits = rlimit(rlim_cur: rlim_t(limit), rlim_max: rlim_t.max)
        #if canImport(Glibc)
          setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits)
        #else
          setrlimit(RLIMIT_FSIZE, &limits)
        #endif
        do {
          try Fixture.writeGolden(to: path, generation: 8)
          exit(1)
        } catch SegmentError.file(.noSpace(path, .write)) {
        } catch {
          exit(2)
        }
        guard try Segment(path: path).generation == 7,
          try FileManager.default.contentsOfDirectory(atPath: directory) == ["s.segment"]
        else { exit(3) }
      }
      exit(0)
    }
    try Segment(path: directory + "/s.segment").verify()
  }

  @Test("a directory that may not be written to is a typed error")
  func readOnlyDirectory() async throws {
    let directory = try faultDirectory("read-only", parent: getpid())
    defer {
      chmod(directory, 0o700)
      try? FileManager.default.removeItem(atPath: directory)
    }
    try Fixture.writeGolden(to: directory + "/s.segment")
    #expect(chmod(directory, 0o555) == 0)
    await #expect(processExitsWith: .success) {
      let path = try faultDirectory("read-only", parent: getppid()) + "/s.segment"
      // The superuser may write everywhere.
      if geteuid() == 0, setuid(65_534) != 0 { exit(4) }
      do {
        try Fixture.writeGolden(to: path, generation: 8)
        exit(1)
      } catch SegmentError.file(.notPermitted(path, .create)) {
        exit(0)
      } catch {
        exit(2)
      }
    }
    #expect(try Segment(path: directory + "/s.segment").generation == 7)
  }

  @Test("the names of the rows' sections are taken", arguments: ["identifiers", "tombstones"])
  func reservedLabels(name: String) async throws {
    let directory = try faultDirectory("labels", parent: getpid())
    defer { try? FileManager.default.removeItem(atPath: directory) }
    await #expect(processExitsWith: .failure) { [name] in
      var writer = try SegmentWriter(
        path: try faultDirectory("labels", parent: getppid()) + "/s.segment",
        identity: Fixture.identity,
        generation: 1
      )
      try? writer.beginSection(SegmentLabel(name) ?? "arena")
      exit(0)
    }
  }

  @Test("a writer that is given up leaves nothing behind")
  func givenUp() throws {
    let directory = try TemporaryDirectory()
    do {
      var writer = try SegmentWriter(
        path: directory.file("s.segment"),
        identity: Fixture.identity,
        generation: 1
      )
      try writer.beginSection("arena")
      try writer.append([1, 2, 3])
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).count == 1)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
  }
}
