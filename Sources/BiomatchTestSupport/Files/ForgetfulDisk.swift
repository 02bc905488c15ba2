import BiomatchCore
import Foundation
import Synchronization

/// A disk that forgets at a loss of power what was not synchronised, and may have kept any of it.
///
/// It replays the changes that a piece of work made and tells every state of the files that a loss of
/// power may leave. Names arrive in the order of their changes until the directory is synchronised;
/// bytes of a file arrive in any order until the file is.
///
/// ```swift
/// let disk = try ForgetfulDisk(directory: directory.path)
/// let events = try ForgetfulDisk.events { try FileBytes.write([2], to: path) }
/// try disk.forEachLoss(during: events) { step, files in
///   #expect(files["file"] == [1] || files["file"] == [2])
/// }
/// ```
package struct ForgetfulDisk {
  /// What is left, by path from the directory on.
  package typealias Files = [String: [UInt8]]

  private let root: String
  private var files: [Int: ForgetfulFile] = [:]
  private var directories: [Int: ForgetfulDirectory] = [:]
  private var nextNumber = 1

  /// The disk with what is in the directory now, all of it safe.
  package init(directory: String) throws {
    root = directory.hasSuffix("/") ? String(directory.dropLast()) : directory
    directories[0] = ForgetfulDirectory()
    try load(root, into: 0)
  }

  /// The changes that `body` makes to files, in order.
  package static func events(of body: () throws -> Void) rethrows -> [FileEvent] {
    let log = EventLog()
    try FileEvent.watch(observer: { log.append($0) }, body)
    return log.events
  }

  /// Calls `body` with each state that a loss of power after each of the changes may leave, and with
  /// the number of changes made before: none to all.
  package func forEachLoss(
    during events: [FileEvent],
    _ body: (_ step: Int, _ files: Files) throws -> Void
  ) throws {
    var disk = self
    for step in 0...events.count {
      if step > 0 { try disk.apply(events[step - 1]) }
      for files in disk.losses { try body(step, files) }
    }
  }

  // MARK: Changes

  private struct UnknownPath: Error {
    let path: String
  }

  private mutating func load(_ path: String, into directory: Int) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      let number = newNumber()
      directories[directory]?.link(name, number)
      var isDirectory: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isDirectory)
      if isDirectory.boolValue {
        directories[number] = ForgetfulDirectory()
        try load(path + "/" + name, into: number)
      } else {
        files[number] = ForgetfulFile(try FileBytes.read(path + "/" + name))
      }
    }
    directories[directory]?.synchronise()
  }

  private mutating func newNumber() -> Int {
    defer { nextNumber += 1 }
    return nextNumber
  }

  private mutating func apply(_ event: FileEvent) throws {
    switch event {
    case .create(let path):
      let number = newNumber()
      files[number] = ForgetfulFile()
      let place = try place(of: path)
      directories[place.directory]?.link(place.name, number)
    case .createDirectory(let path):
      let number = newNumber()
      directories[number] = ForgetfulDirectory()
      let place = try place(of: path)
      directories[place.directory]?.link(place.name, number)
    case .append(let path, let bytes):
      files[try number(of: path)]?.append(bytes)
    case .overwrite(let path, let offset, let bytes):
      files[try number(of: path)]?.overwrite(bytes, at: offset)
    case .synchronise(let path):
      let number = try number(of: path)
      files[number]?.synchronise()
      directories[number]?.synchronise()
    case .rename(let path, let target):
      let (from, to) = (try place(of: path), try place(of: target))
      guard from.directory == to.directory else { throw UnknownPath(path: target) }
      directories[from.directory]?.rename(from.name, to: to.name)
    case .remove(let path):
      let place = try place(of: path)
      directories[place.directory]?.unlink(place.name)
    }
  }

  private func number(of path: String) throws -> Int {
    guard path == root || path.hasPrefix(root + "/") else { throw UnknownPath(path: path) }
    var number = 0
    for name in path.dropFirst(root.count).split(separator: "/") {
      guard let next = directories[number]?.names()[String(name)] else {
        throw UnknownPath(path: path)
      }
      number = next
    }
    return number
  }

  private func place(of path: String) throws -> (directory: Int, name: String) {
    guard let slash = path.lastIndex(of: "/") else { throw UnknownPath(path: path) }
    return (try number(of: String(path[..<slash])), String(path[path.index(after: slash)...]))
  }

  // MARK: Losses

  private var losses: [Files] {
    let arrivals = arrivals
    var losses: [Files] = []
    for names in survivingNames {
      for arrival in arrivals { losses.append(tree(names, arrival)) }
    }
    return losses
  }

  /// How many changes of each directory may have arrived: of one directory any number, of the others
  /// all or none.
  private var survivingNames: [[Int: Int]] {
    let all = directories.mapValues(\.unsafeCount)
    let none = all.mapValues { _ in 0 }
    var choices = [all, none]
    for (number, count) in all where count > 0 {
      for kept in 0...count {
        choices.append(all.merging([number: kept]) { $1 })
        choices.append(none.merging([number: kept]) { $1 })
      }
    }
    return Array(Set(choices))
  }

  /// What may have arrived of the files' bytes: the same of all, or all but of one.
  private var arrivals: [[Int: ForgetfulFile.Arrival]] {
    let unsafe = files.filter { !$0.value.isSafe }.keys
    guard !unsafe.isEmpty else { return [[:]] }
    return ForgetfulFile.Arrival.allCases.flatMap { arrival in
      [Dictionary(uniqueKeysWithValues: unsafe.map { ($0, arrival) })]
        + unsafe.map { [$0: arrival] }
    }
  }

  private func tree(_ names: [Int: Int], _ arrival: [Int: ForgetfulFile.Arrival]) -> Files {
    var result: Files = [:]
    func visit(_ directory: Int, prefix: String) {
      for (name, number) in directories[directory]?.names(after: names[directory]) ?? [:] {
        if let file = files[number] {
          result[prefix + name] = file.bytes(with: arrival[number] ?? .all)
        } else {
          visit(number, prefix: prefix + name + "/")
        }
      }
    }
    visit(0, prefix: "")
    return result
  }
}

private final class EventLog: Sendable {
  private let log = Mutex<[FileEvent]>([])

  var events: [FileEvent] { log.withLock { $0 } }

  func append(_ event: FileEvent) { log.withLock { $0.append(event) } }
}
