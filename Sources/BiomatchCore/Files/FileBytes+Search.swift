extension FileBytes {
  /// Whether the file at `path` has the bytes of one of the texts anywhere, one behind the other; not
  /// where there is no file.
  ///
  /// - Parameter wanted: texts of at least two bytes; for none, the file is not read.
  /// - Complexity: O(size of the file), in little memory, for few texts or many.
  package static func file(
    _ path: String,
    containsAnyOf wanted: [[UInt8]]
  ) throws(FileError) -> Bool {
    guard !wanted.isEmpty else { return false }
    let texts = WantedTexts(wanted)
    let file: FileDescriptor
    do throws(FileError) { file = try FileDescriptor.reading(path) } catch {
      if case .notFound = error { return false }
      throw error
    }
    var buffer: [UInt8] = []
    while true {
      let old = buffer.count
      try file.read(into: &buffer, count: 1 << 20)
      if buffer.count == old { return false }
      if texts.isAny(in: buffer) { return true }
      // A match may lie across the end of what was read.
      buffer.removeFirst(max(0, buffer.count - texts.longest + 1))
    }
  }
}

extension FileBytes {
  /// Whether `isFound` holds for a piece of the file at `path`; pieces have `size` bytes, the last one what
  /// is left.
  package static func file(
    _ path: String,
    inPiecesOf size: Int,
    _ isFound: (ArraySlice<UInt8>) -> Bool
  ) throws(FileError) -> Bool {
    let file = try FileDescriptor.reading(path)
    var piece: [UInt8] = []
    while true {
      piece.removeAll(keepingCapacity: true)
      var old = -1
      while old != piece.count, piece.count < size {
        old = piece.count
        try file.read(into: &piece, count: size - piece.count)
      }
      if piece.isEmpty { return false }
      if isFound(piece[...]) { return true }
    }
  }
}

/// Texts that are looked for together.
package struct WantedTexts {
  private let texts: [[UInt8]]
  /// Whether a text begins with two bytes.
  private var begins = [Bool](repeating: false, count: 1 << 16)
  let longest: Int

  /// - Parameter texts: of at least two bytes.
  package init(_ texts: [[UInt8]]) {
    self.texts = texts
    longest = texts.reduce(0) { max($0, $1.count) }
    for text in texts {
      precondition(text.count >= 2, "what is looked for has two bytes")
      begins[Int(text[0]) << 8 | Int(text[1])] = true
    }
  }

  /// Whether the bytes of one of them lie in `buffer`, one behind the other.
  package func isAny(in buffer: [UInt8]) -> Bool {
    var last = 0
    for (index, byte) in buffer.enumerated() {
      let pair = (last << 8 | Int(byte)) & 0xFFFF
      last = Int(byte)
      guard begins[pair], index > 0 else { continue }
      let rest = buffer[(index - 1)...]
      if texts.contains(where: { rest.starts(with: $0) }) { return true }
    }
    return false
  }
}
