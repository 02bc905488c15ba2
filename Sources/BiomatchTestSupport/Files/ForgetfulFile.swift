/// A file of a ``ForgetfulDisk``: what is safe, and what was written since.
struct ForgetfulFile {
  /// Which of the bytes written since the last synchronisation have arrived.
  enum Arrival: CaseIterable {
    case all, none
    /// The file has its new size, and zeros where bytes are missing.
    case sizeAlone
    /// The first half of the writes.
    case firstHalf
    /// The last write, before those that came before it.
    case lastAlone
  }

  private var safe: [UInt8]
  private var writes: [(offset: Int, bytes: [UInt8])] = []

  init(_ bytes: [UInt8] = []) { safe = bytes }

  var isSafe: Bool { writes.isEmpty }

  private var size: Int {
    writes.reduce(safe.count) { max($0, $1.offset + $1.bytes.count) }
  }

  mutating func append(_ bytes: [UInt8]) { writes.append((size, bytes)) }

  mutating func overwrite(_ bytes: [UInt8], at offset: Int) { writes.append((offset, bytes)) }

  mutating func synchronise() {
    safe = bytes(with: .all)
    writes = []
  }

  func bytes(with arrival: Arrival) -> [UInt8] {
    switch arrival {
    case .all: apply(writes[...])
    case .none: safe
    case .sizeAlone: safe + Array(repeating: 0, count: size - safe.count)
    case .firstHalf: apply(writes.prefix(writes.count / 2))
    case .lastAlone: apply(writes.suffix(1))
    }
  }

  private func apply(_ writes: ArraySlice<(offset: Int, bytes: [UInt8])>) -> [UInt8] {
    var bytes = safe
    for write in writes {
      let end = write.offset + write.bytes.count
      if bytes.count < end { bytes += Array(repeating: 0, count: end - bytes.count) }
      bytes.replaceSubrange(write.offset..<end, with: write.bytes)
    }
    return bytes
  }
}

/// A directory of a ``ForgetfulDisk``: which names are safe, and how they were changed since.
struct ForgetfulDirectory {
  private enum Change {
    case link(String, Int)
    case rename(String, to: String)
    case unlink(String)
  }

  private var safe: [String: Int] = [:]
  private var changes: [Change] = []

  var unsafeCount: Int { changes.count }

  /// The numbers of the files and directories by name, when the first `count` changes have arrived.
  func names(after count: Int? = nil) -> [String: Int] {
    var names = safe
    for change in changes.prefix(count ?? changes.count) {
      switch change {
      case .link(let name, let number): names[name] = number
      case .rename(let name, to: let other): names[other] = names.removeValue(forKey: name)
      case .unlink(let name): names[name] = nil
      }
    }
    return names
  }

  mutating func link(_ name: String, _ number: Int) { changes.append(.link(name, number)) }
  mutating func rename(_ name: String, to other: String) {
    changes.append(.rename(name, to: other))
  }
  mutating func unlink(_ name: String) { changes.append(.unlink(name)) }

  mutating func synchronise() {
    safe = names()
    changes = []
  }
}
