import Biomatch
import BiomatchCore
import BiomatchGallery
import Foundation

/// What a gallery does a second, from an empty directory on.
struct GalleryBench {
  /// People are made in groups of so many, which is not measured.
  private static let groupSize = 50_000
  private static let singles = 200
  /// Erasures one after the other end after so long.
  private static let erasingSeconds = 10.0

  let count: Int
  let isSealed: Bool
  let rebuilds: Bool
  let seconds: Double
  private let people: BenchPeople
  private let path: String
  private let key: KeySource
  private let clock = ContinuousClock()

  init(people count: Int, in directory: String, sealed: Bool, rebuilds: Bool, seconds: Double)
    throws
  {
    self.count = count
    self.isSealed = sealed
    self.rebuilds = rebuilds
    self.seconds = seconds
    people = try BenchPeople()
    path = directory + "/biomatch-\(UUID())"
    key = .file(path + ".key")
    try KeySource.makeKeyFile(at: path + ".key")
  }

  private var parameters: String { "\(isSealed ? "sealed" : "in clear"); \(count) people" }

  /// Measures everything once, and removes the gallery.
  func measure(into results: inout BenchResults) async throws {
    defer {
      try? FileManager.default.removeItem(atPath: path)
      try? FileManager.default.removeItem(atPath: path + ".key")
    }
    add("limit.flush", try flushes(), "flushes/s", &results)
    let gallery = try await Gallery.create(at: path, sealing: isSealed ? .sealed(key) : .clear)
    try await enrolAll(gallery, &results)
    try await enrolSingly(gallery, &results)
    try await search(gallery, &results)
    add(
      "read",
      Double(3 * count) / (try await time { try await readAll(gallery) }),
      "samples/s",
      &results
    )
    try await erase(gallery, &results)
    add("close", try await time { try await gallery.close() } * 1000, "ms", &results)
    for (name, file) in [("size.records", "gallery.sqlite"), ("size.index", "index")] {
      add(name, Double(size(path + "/" + file)) / Double(count), "bytes/person", &results)
    }
    try await open(&results)
    guard rebuilds else { return }
    try FileManager.default.removeItem(atPath: path + "/index")
    let rebuilding = try await time { try await reopened().close() }
    add("rebuild", Double(count) / rebuilding, "people/s", &results)
  }

  // MARK: Enrolling

  private func enrolAll(_ gallery: Gallery, _ results: inout BenchResults) async throws {
    let progress = ProgressBar("enrolling, \(parameters)", total: count)
    defer { progress.finish() }
    var spent = 0.0
    for first in stride(from: 0, to: count, by: Self.groupSize) {
      let group = try people.people(first..<min(first + Self.groupSize, count))
      spent += try await time {
        let report = try await gallery.enrol(contentsOf: group)
        precondition(report.enrolled == group.count, "invented people can be enrolled")
      }
      progress.advance(by: group.count)
    }
    add("enrol.bulk", Double(count) / spent, "people/s", &results)
  }

  private func enrolSingly(_ gallery: Gallery, _ results: inout BenchResults) async throws {
    let others = try people.people(count..<count + 2 * Self.singles)
    var times: [Double] = []
    for person in others[..<Self.singles] {
      times.append(try await time { try await gallery.enrol(person) })
    }
    add("enrol.single", Double(Self.singles) / times.reduce(0, +), "people/s", &results)
    add("enrol.single.median", median(times) * 1000, "ms", &results)
    let together = try await time {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for person in others[Self.singles...] { group.addTask { try await gallery.enrol(person) } }
        try await group.waitForAll()
      }
    }
    add("enrol.together", Double(Self.singles) / together, "people/s", &results)
  }

  // MARK: Searching

  private func search(_ gallery: Gallery, _ results: inout BenchResults) async throws {
    for (name, probes) in [("finger", people.fingerProbes), ("face", people.faceProbes)] {
      let alone = try await latency(gallery, probes)
      let enrolment = Task { try await enrolOn(gallery, name) }
      let beside = try await latency(gallery, probes)
      enrolment.cancel()
      let enrolled = try await enrolment.value
      add("search.\(name)", median(alone) * 1000, "ms", &results)
      add("search.\(name).beside", median(beside) * 1000, "ms", &results)
      add("search.\(name).ratio", median(beside) / median(alone), "of alone", &results)
      add("search.\(name).enrolled", Double(enrolled) / beside.reduce(0, +), "people/s", &results)
    }
  }

  /// Enrols one after the other until it is cancelled, and tells how many.
  private func enrolOn(_ gallery: Gallery, _ name: String) async throws -> Int {
    var number = count + 2 * Self.singles + (name == "finger" ? 0 : 10_000_000)
    let first = number
    while !Task.isCancelled {
      for person in try people.people(number..<number + 16) {
        try await gallery.enrol(person)
        number += 1
        if Task.isCancelled { break }
      }
    }
    return number - first
  }

  /// Seconds that each of many searches on one thread takes.
  private func latency(_ gallery: Gallery, _ probes: [GalleryProbe]) async throws -> [Double] {
    var options = IdentificationOptions(limit: 10)
    options.threads = 1
    for probe in probes.prefix(4) { _ = try await gallery.identify(probe, options) }
    var times: [Double] = []
    let start = clock.now
    while (clock.now - start) / .seconds(1) < seconds || times.count < 16 {
      let probe = probes[times.count % probes.count]
      times.append(try await time { _ = try await gallery.identify(probe, options) })
    }
    return times
  }

  private func readAll(_ gallery: Gallery) async throws {
    for kind in SampleKind.allCases { try await gallery.samples(kind) { _ in } }
  }

  // MARK: Erasing

  private func erase(_ gallery: Gallery, _ results: inout BenchResults) async throws {
    let subjects = try (0..<60).map { try SubjectID("person-\($0 * count / 100)") }
    // In clear, each writes all records anew.
    var (erased, singly) = (0, 0.0)
    while erased < 10, singly < Self.erasingSeconds {
      singly += try await time { _ = try await gallery.erase(subjects[erased]) }
      erased += 1
    }
    add("erase", singly / Double(erased) * 1000, "ms", &results)
    let together = try await time { _ = try await gallery.erase(Array(subjects[10...])) }
    add("erase.together", together / 50 * 1000, "ms", &results)
  }

  // MARK: Opening

  /// Opens the gallery in a process of its own, whose memory nothing else has used before.
  private func open(_ results: inout BenchResults) async throws {
    guard let program = Bundle.main.executablePath else { return }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["bench", "gallery", "--format", "csv", "--open", path]
    if isSealed { process.arguments?.append(contentsOf: ["--key-file", path + ".key"]) }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(),
      as: UTF8.self
    )
    process.waitUntilExit()
    for line in text.split(whereSeparator: \.isNewline) {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count > 2, fields[0].hasPrefix("open"), let value = Double(fields[1]) else {
        continue
      }
      add(fields[0], value, fields[2], &results)
    }
  }

  /// Measures opening a gallery that is there, and the first search in it.
  static func measureOpening(
    _ path: String,
    _ key: KeySource?,
    into results: inout BenchResults
  ) async throws {
    let people = try BenchPeople()
    let clock = ContinuousClock()
    let before = AnonymousUse.byteCount
    func report(_ name: String, since start: ContinuousClock.Instant) {
      results.add(name, (clock.now - start) / .milliseconds(1), "ms")
      guard let before, let after = AnonymousUse.byteCount else { return }
      results.add("\(name).memory", Double(after - before) / 1e6, "MB")
    }
    let start = clock.now
    let gallery = try await Gallery.open(at: path, key: key)
    report("open", since: start)
    let opened = clock.now
    _ = try await gallery.identify([people.fingerProbes[0], people.faceProbes[0]])
    report("open.search", since: opened)
    try await gallery.close()
  }

  private func reopened() async throws -> Gallery {
    try await Gallery.open(at: path, key: isSealed ? key : nil)
  }

  // MARK: Measuring

  private func add(_ name: String, _ value: Double, _ unit: String, _ results: inout BenchResults) {
    results.add(name, value, unit, parameters: parameters)
  }

  private func time(_ body: () async throws -> Void) async rethrows -> Double {
    let start = clock.now
    try await body()
    return (clock.now - start) / .seconds(1)
  }

  private func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

  /// How often a second four more kilobytes can be made durable where the gallery is: a single enrolment
  /// needs two such flushes.
  private func flushes() throws -> Double {
    let file = path + ".flush"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try FileBytes.write([], to: file)
    guard let handle = FileHandle(forWritingAtPath: file) else { throw CocoaError(.fileNoSuchFile) }
    defer { try? handle.close() }
    let page = Data(count: 4096)
    let start = clock.now
    var done = 0
    while (clock.now - start) / .seconds(1) < 0.3 {
      try handle.write(contentsOf: page)
      try handle.synchronize()
      done += 1
    }
    return Double(done) / ((clock.now - start) / .seconds(1))
  }

  /// Bytes of a file, or of all in a directory.
  private func size(_ path: String) -> Int {
    let manager = FileManager.default
    let names = (manager.enumerator(atPath: path)?.allObjects as? [String]) ?? []
    return ([path] + names.map { path + "/" + $0 }).reduce(0) { sum, name in
      let attributes = try? manager.attributesOfItem(atPath: name)
      guard attributes?[.type] as? FileAttributeType == .typeRegular else { return sum }
      return sum + (attributes?[.size] as? Int ?? 0)
    }
  }
}
