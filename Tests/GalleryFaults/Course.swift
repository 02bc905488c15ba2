import BiomatchCore
import BiomatchGallery
import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A random course of operations on a gallery, the same for the same order but for what runs at once.
package struct CourseOrder: Codable, Sendable {
  /// The directory in which gallery, backups and exports are.
  package var root: String
  /// The directory with the key files.
  package var keys: String
  /// The file that is told what is done.
  package var journal: String
  /// What the gallery has before.
  package var state: CourseState
  package var seed: UInt64
  package var operations: Int
  /// What is done, one after the other, in place of a random course; whoever is enrolled or updated is
  /// then sought and must be found.
  package var script: [CourseOperation]?
  /// The file whose bytes are as many as operations of the script may be done; all for `nil`.
  package var allowance: String?
  /// Whether the gallery that is created is sealed.
  package var isSealed = true
  /// Every second operation is of this kind.
  package var focus: OperationKind?
  /// The file that gives a full device room again. The course makes it when an operation failed, enrols
  /// one more person, and ends.
  package var freed: String?
  /// Whether the gallery is closed at the end; otherwise that is left to chance.
  package var closes = false
  /// Whether the process is killed at the end, or when an operation of the script fails, while it has the
  /// gallery open.
  package var isKilledAtEnd = false
  /// The file with whose appearance the process is killed.
  package var killFile: String?
  /// When the process is killed; never for `nil`.
  package var kill: Kill?

  /// A moment at which a process is killed.
  package struct Kill: Codable, Sendable {
    /// The operation, counted from one, with whose beginning the time starts; zero for the start of the
    /// process.
    var operation: Int
    /// Microseconds.
    var delay: Int

    package init(operation: Int, delay: Int) { (self.operation, self.delay) = (operation, delay) }

    /// Kills this process after the delay.
    func start() {
      let delay = delay
      Thread.detachNewThread {
        usleep(UInt32(delay))
        killProcess()
      }
    }
  }

  package init(root: String, keys: String, journal: String, state: CourseState, seed: UInt64) {
    (self.root, self.keys, self.journal) = (root, keys, journal)
    (self.state, self.seed) = (state, seed)
    operations = 1000
  }

  package var gallery: String { root + "/gallery" }
  package func key(_ number: Int) -> KeySource { Self.key(number, in: keys) }
  package func backup(_ number: Int) -> String { root + "/backup-\(number)" }
  package func export(_ number: Int) -> String { root + "/export-\(number)" }

  /// A key that is made when it is first asked for.
  private static func key(_ number: Int, in directory: String) -> KeySource {
    let path = directory + "/\(number).key"
    if !FileManager.default.fileExists(atPath: path) { try? KeySource.makeKeyFile(at: path) }
    return .file(path)
  }
}

private func killProcess() { kill(getpid(), SIGKILL) }

/// Does what an order says.
struct Course {
  private let order: CourseOrder
  private let journal: Journal
  private var state: CourseState
  private var random: SeededGenerator

  init(_ order: CourseOrder) {
    self.order = order
    journal = Journal(order.journal, kill: order.kill)
    state = order.state
    random = SeededGenerator(seed: order.seed)
  }

  private func waitForAllowance(_ number: Int) async throws {
    guard let file = order.allowance else { return }
    while (FileManager.default.contents(atPath: file)?.count ?? 0) <= number {
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  mutating func run() async throws {
    if let kill = order.kill, kill.operation == 0 { kill.start() }
    if let file = order.killFile {
      Thread.detachNewThread {
        while !FileManager.default.fileExists(atPath: file) { usleep(2000) }
        killProcess()
      }
    }
    do {
      let gallery = try await open()
      try await gallery.define(try FaultPeople.list())
      if let script = order.script {
        for (number, operation) in script.enumerated() {
          try await waitForAllowance(number)
          do { try await perform(operation, gallery) } catch {
            if order.isKilledAtEnd { killProcess() }
            throw error
          }
          try await find(operation, gallery)
          // The list is there: this only waits until all is done that follows the operation's answer.
          try await gallery.define(try FaultPeople.list())
        }
        if order.isKilledAtEnd { killProcess() }
        try await gallery.close()
      } else {
        try await work(gallery)
      }
    } catch {
      guard let freed = order.freed else { throw error }
      try Data().write(to: URL(filePath: freed))
    }
  }

  private mutating func work(_ gallery: Gallery) async throws {
    for step in 0..<order.operations {
      if step > 0, Int.random(in: 0..<8, using: &random) == 0 {
        try await enrolTogether(gallery)
      } else {
        do { try await perform(nextOperation(), gallery) } catch {
          // The same gallery, while it is still open, goes on when there is room again.
          guard let freed = order.freed else { throw error }
          try Data().write(to: URL(filePath: freed))
          try await perform(.enrol([state.next]), gallery)
          break
        }
      }
    }
    if order.isKilledAtEnd {
      // What is in the logs, and not yet in the databases.
      try await perform(.enrol([state.next]), gallery)
      killProcess()
    }
    // Half of the courses end as a process does that was not told to.
    if order.closes || Bool.random(using: &random) { try await gallery.close() }
  }

  private mutating func open() async throws -> Gallery {
    let key = order.key(state.key)
    guard !state.exists else {
      return try await Gallery.open(at: order.gallery, key: order.isSealed ? key : nil)
    }
    let order = order
    let gallery = try await journal.run(.create) {
      try await Gallery.create(at: order.gallery, sealing: order.isSealed ? .sealed(key) : .clear)
    }
    state.apply(.create)
    return gallery
  }

  private mutating func nextOperation() -> CourseOperation {
    let all: [OperationKind] = [
      .enrol, .enrol, .enrol, .update, .update, .erase, .rotate, .compact, .backup, .export,
    ]
    var kind = all.randomElement(using: &random) ?? .enrol
    if let focus = order.focus, focus != .create, Bool.random(using: &random) { kind = focus }
    return operation(kind)
  }

  private mutating func operation(_ kind: OperationKind) -> CourseOperation {
    let person = state.people.keys.sorted().randomElement(using: &random)
    switch kind {
    case .update:
      guard let person, let version = state.people[person] else { break }
      return .update(person, version: version + 1)
    case .erase:
      guard let person else { break }
      return .erase(person)
    case .rotate: return .rotate(state.next)
    case .compact: return .compact
    case .backup: return .backup(state.next)
    case .export:
      guard let backup = state.backup, backup.erasedBeforeExport == nil else { break }
      return .export(backup.number)
    case .create, .enrol: break
    }
    // A small gallery: who comes last is erased again.
    if state.people.count > 20, let person { return .erase(person) }
    let count = Int.random(in: 1...3, using: &random)
    return .enrol(Array(state.next..<state.next + count))
  }

  private mutating func perform(_ operation: CourseOperation, _ gallery: Gallery) async throws {
    let order = order
    state.note(operation)
    try await journal.run(operation) {
      switch operation {
      case .create: break
      case .enrol(let numbers) where numbers.count == 1:
        try await gallery.enrol(try FaultPeople.person(numbers[0], version: 1))
      case .enrol(let numbers):
        let people = try numbers.map { try FaultPeople.person($0, version: 1) }
        let report = try await gallery.enrol(contentsOf: people)
        guard report.rejections.isEmpty else { throw CourseError.refused(report.rejections) }
      case .update(let number, let version):
        let changes = try FaultPeople.changes(number, to: version)
        try await gallery.update(try FaultPeople.subject(number), changes)
      case .erase(let number):
        let receipt = try await gallery.erase(try FaultPeople.subject(number))
        if gallery.isSealed { try await gallery.check(receipt) }
      case .rotate(let number): try await gallery.rotateKey(to: order.key(number))
      case .compact: try await gallery.compact()
      case .backup(let number): try await gallery.backup(to: order.backup(number))
      case .export(let number):
        try await gallery.exportKeys(to: order.export(number), under: order.key(0))
      }
    }
    state.apply(operation)
  }

  /// Searches for whom an operation changed.
  private func find(_ operation: CourseOperation, _ gallery: Gallery) async throws {
    let changed: [Int]
    switch operation {
    case .enrol(let numbers): changed = numbers
    case .update(let number, _): changed = [number]
    case .create, .erase, .rotate, .compact, .backup, .export: changed = []
    }
    for number in changed {
      let probe = try FaultPeople.probe(number, version: state.people[number] ?? 1)
      let found = try await gallery.identify(probe, IdentificationOptions(limit: 1))
      guard found.candidates.first?.subject == (try FaultPeople.subject(number)) else {
        throw CourseError.notFound(number)
      }
    }
  }

  /// Enrols people in calls that come at the same time.
  private mutating func enrolTogether(_ gallery: Gallery) async throws {
    let numbers = Array(state.next..<state.next + 4)
    let journal = journal
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in numbers {
        group.addTask {
          try await journal.run(.enrol([number])) {
            _ = try await gallery.enrol(try FaultPeople.person(number, version: 1))
          }
        }
      }
      try await group.waitForAll()
    }
    state.apply(.enrol(numbers))
  }
}

/// What a course did not expect.
enum CourseError: Error {
  case refused([EnrolmentRejection])
  case notFound(Int)
}
