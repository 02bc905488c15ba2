import Foundation

/// What a process did to files, as the fault layer wrote it down.
struct FileTrace {
  /// One change.
  enum Change: Sendable {
    case open(file: Int32, path: String, isTruncated: Bool, isCreated: Bool)
    case write(file: Int32, offset: Int, bytes: [UInt8])
    case resize(file: Int32, size: Int)
    case synchronise(file: Int32)
    case rename(from: String, to: String)
    case remove(String)
    case createDirectory(String)
    /// What the process told about itself.
    case mark([UInt8])
    /// A call that the layer does not follow.
    case unknown(String)
  }

  private(set) var changes: [Change] = []

  /// Reads a trace.
  init(_ path: String) throws {
    let data = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var rest = data[...]
    while !rest.isEmpty {
      let kind = rest[rest.startIndex]
      let file = Int32(truncatingIfNeeded: Self.integer(rest.dropFirst(1).prefix(4)))
      let offset = Self.integer(rest.dropFirst(5).prefix(8))
      let count = Self.integer(rest.dropFirst(13).prefix(4))
      let bytes = Array(rest.dropFirst(17).prefix(count))
      rest = rest.dropFirst(17 + count)
      changes.append(Self.change(kind, file, offset, bytes))
    }
  }

  private static func integer(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private static func change(_ kind: UInt8, _ file: Int32, _ offset: Int, _ bytes: [UInt8])
    -> Change
  {
    let text = String(decoding: bytes, as: UTF8.self)
    switch kind {
    case UInt8(ascii: "O"):
      return .open(
        file: file,
        path: text,
        isTruncated: offset & 1 != 0,
        isCreated: offset & 2 != 0
      )
    case UInt8(ascii: "W"): return .write(file: file, offset: offset, bytes: bytes)
    case UInt8(ascii: "T"): return .resize(file: file, size: offset)
    case UInt8(ascii: "F"): return .synchronise(file: file)
    case UInt8(ascii: "R"):
      let names = text.split(separator: "\0").map(String.init)
      return .rename(from: names[0], to: names[1])
    case UInt8(ascii: "U"): return .remove(text)
    case UInt8(ascii: "D"): return .createDirectory(text)
    case UInt8(ascii: "M"): return .mark(bytes)
    default: return .unknown(text)
    }
  }
}
