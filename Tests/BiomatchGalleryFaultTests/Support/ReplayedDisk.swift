import BiomatchCore
import Foundation

/// A disk on which a trace is replayed, and which then loses its power.
///
/// What it promises is what POSIX does, no more. The bytes and the size of a file are safe when the file
/// was synchronised; a name is safe when its directory was, and only then: a file that was synchronised
/// and whose name was not is gone. SQLite synchronises the directory of a log or journal that it made, so
/// none of the additional promises of ext4 or XFS is needed.
///
/// Of what is not safe a ``Survival`` chooses what remains. Memory that is mapped, the `-shm` files of
/// SQLite, is not followed: SQLite makes it anew when nobody else has the database open.
struct ReplayedDisk {
  /// What remains of changes that are not safe.
  enum Survival: CaseIterable {
    /// Nothing.
    case nothing
    /// Any writes, each whole or torn after any 512 bytes; of the changes of names those up to some
    /// moment, as file systems with a log keep them.
    case anything
    /// Everything: what a process that is killed leaves.
    case everything
  }

  private enum DataChange {
    case write(offset: Int, bytes: [UInt8])
    case resize(Int)
  }

  private enum NameChange {
    case link(directory: Int, name: String, node: Int)
    case unlink(directory: Int, name: String)
    case rename(from: Int, String, to: Int, String)

    func touches(_ number: Int) -> Bool {
      switch self {
      case .link(let directory, _, _), .unlink(let directory, _): directory == number
      case .rename(let from, _, let to, _): from == number || to == number
      }
    }
  }

  private struct File {
    var safe: [UInt8] = []
    var changes: [DataChange] = []
  }

  /// The names of each directory, and what has them.
  private typealias Names = [Int: [String: Int]]

  private let root: String
  private var files: [Int: File] = [:]
  private var now: Names = [0: [:]]
  private var safe: Names = [0: [:]]
  private var nameChanges: [NameChange] = []
  private var descriptors: [Int32: Int] = [:]
  private var next = 1
  /// What the process told about itself.
  private(set) var marks: [UInt8] = []

  /// An empty disk, in the place of the directory that the process saw.
  init(root: String) { self.root = root }

  /// Makes one change.
  mutating func apply(_ change: FileTrace.Change) throws {
    switch change {
    case .open(let file, let path, let isTruncated, let isCreated):
      if isCreated { try link(path, to: newFile()) }
      let node = try node(path)
      descriptors[file] = node
      if isTruncated { files[node]?.changes.append(.resize(0)) }
    case .write(let file, let offset, let bytes):
      files[try node(file)]?.changes.append(.write(offset: offset, bytes: bytes))
    case .resize(let file, let size): files[try node(file)]?.changes.append(.resize(size))
    case .synchronise(let file): synchronise(try node(file))
    case .rename(let path, let target):
      let (from, to) = (try place(path), try place(target))
      make(.rename(from: from.directory, from.name, to: to.directory, to.name))
    case .remove(let path):
      let place = try place(path)
      make(.unlink(directory: place.directory, name: place.name))
    case .createDirectory(let path):
      let number = next
      next += 1
      now[number] = [:]
      safe[number] = [:]
      try link(path, to: number)
    case .mark(let bytes): marks += bytes
    case .unknown(let name): throw BrokenPromise(description: "the layer does not follow \(name)")
    }
  }

  private mutating func newFile() -> Int {
    defer { next += 1 }
    files[next] = File()
    return next
  }

  private mutating func synchronise(_ node: Int) {
    if let file = files[node] {
      files[node]?.safe = Self.bytes(file.safe, file.changes)
      files[node]?.changes = []
      return
    }
    for change in nameChanges where change.touches(node) { Self.apply(change, to: &safe) }
    nameChanges.removeAll { $0.touches(node) }
  }

  // MARK: Names

  private mutating func link(_ path: String, to node: Int) throws {
    let place = try place(path)
    make(.link(directory: place.directory, name: place.name, node: node))
  }

  private mutating func make(_ change: NameChange) {
    Self.apply(change, to: &now)
    nameChanges.append(change)
  }

  private static func apply(_ change: NameChange, to names: inout Names) {
    switch change {
    case .link(let directory, let name, let node): names[directory]?[name] = node
    case .unlink(let directory, let name): names[directory]?[name] = nil
    case .rename(let from, let name, let to, let target):
      guard let node = names[from]?[name] else { return }
      names[from]?[name] = nil
      names[to]?[target] = node
    }
  }

  private func place(_ path: String) throws -> (directory: Int, name: String) {
    guard let slash = path.lastIndex(of: "/") else { throw unknown(path) }
    return (try node(String(path[..<slash])), String(path[path.index(after: slash)...]))
  }

  private func node(_ path: String) throws -> Int {
    guard path == root || path.hasPrefix(root + "/") else { throw unknown(path) }
    var node = 0
    for name in path.dropFirst(root.count).split(separator: "/") {
      guard let next = now[node]?[String(name)] else { throw unknown(path) }
      node = next
    }
    return node
  }

  private func node(_ file: Int32) throws -> Int {
    guard let node = descriptors[file] else { throw unknown("descriptor \(file)") }
    return node
  }

  private func unknown(_ name: String) -> BrokenPromise {
    BrokenPromise(description: "the trace does not tell where \(name) is from")
  }

  // MARK: Loss of power

  /// Writes what remains when the power fails now into a new directory.
  func write(_ survival: Survival, to path: String, _ random: inout SeededGenerator) throws {
    var names = survival == .everything ? now : safe
    if survival == .anything {
      let count = Int.random(in: 0...nameChanges.count, using: &random)
      for change in nameChanges.prefix(count) { Self.apply(change, to: &names) }
    }
    try write(0, names, survival, to: path, &random)
  }

  private func write(
    _ directory: Int,
    _ names: Names,
    _ survival: Survival,
    to path: String,
    _ random: inout SeededGenerator
  ) throws {
    let manager = FileManager.default
    try manager.createDirectory(atPath: path, withIntermediateDirectories: false)
    for (name, node) in (names[directory] ?? [:]).sorted(by: { $0.key < $1.key })
    where !name.hasSuffix("-shm") {
      guard let file = files[node] else {
        try write(node, names, survival, to: path + "/" + name, &random)
        continue
      }
      let changes =
        switch survival {
        case .nothing: [DataChange]()
        case .everything: file.changes
        case .anything: Self.some(of: file.changes, &random)
        }
      try Data(Self.bytes(file.safe, changes)).write(to: URL(filePath: path + "/" + name))
    }
  }

  private static func some(
    of changes: [DataChange],
    _ random: inout SeededGenerator
  ) -> [DataChange] {
    let share = Double.random(in: 0...1, using: &random)
    return changes.compactMap { change in
      guard Double.random(in: 0...1, using: &random) < share else { return nil }
      guard case .write(let offset, let bytes) = change,
        Int.random(in: 0..<4, using: &random) == 0
      else { return change }
      let sectors = Int.random(in: 0...bytes.count / 512, using: &random)
      return .write(offset: offset, bytes: Array(bytes.prefix(512 * sectors)))
    }
  }

  private static func bytes(_ bytes: [UInt8], _ changes: [DataChange]) -> [UInt8] {
    var bytes = bytes
    for change in changes {
      switch change {
      case .write(let offset, let new):
        if new.isEmpty { continue }
        let end = offset + new.count
        if bytes.count < end {
          bytes += [UInt8](repeating: 0, count: end - bytes.count)
        }
        bytes.replaceSubrange(offset..<end, with: new)
      case .resize(let size):
        if size <= bytes.count {
          bytes.removeLast(bytes.count - size)
        } else {
          bytes += [UInt8](repeating: 0, count: size - bytes.count)
        }
      }
    }
    return bytes
  }
}
