/// The lines of a text file, without LF or CR LF; a byte-order mark at the start belongs to none.
///
/// What follows the last line break is a line unless it is empty.
package struct TextLines: ~Copyable {
  /// Whether they can be read again from the same path: a pipe has them once.
  package let isRepeatable: Bool
  private let file: FileDescriptor?
  private let limit: Int
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  private var line = 0

  private static let pieceSize = 1 << 16
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Opens the file at `path`, or the standard input for `-`.
  ///
  /// - Parameter limit: how many bytes of a line are told apart, so that a file without line breaks
  ///   cannot fill the memory: a longer one is given up after one byte more.
  package init(_ path: String, limit: Int) throws(FileError) {
    let file = try FileDescriptor.reading(path)
    isRepeatable = try file.seekableSize() != nil
    self.file = consume file
    self.limit = limit
  }

  /// The lines of a text in memory.
  package init(bytes: [UInt8], limit: Int) {
    isRepeatable = false
    file = nil
    self.limit = limit
    buffer = bytes
    isAtEnd = true
  }

  /// The next line and its number, counted from one; `nil` at the end. With more than `limit` bytes it
  /// is the start of a longer one, and what follows means nothing.
  package mutating func next() throws(FileError) -> (bytes: ArraySlice<UInt8>, line: Int)? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let text = withoutMark(buffer[position..<end])
        position = end + 1
        line += 1
        return (text.last == UInt8(ascii: "\r") ? text.dropLast() : text, line)
      }
      guard !isAtEnd, buffer.count - position <= limit else { break }
      searched = buffer.count - position
      try fill()
    }
    let rest = withoutMark(buffer[position...])
    guard !rest.isEmpty else { return nil }
    position = buffer.count
    line += 1
    return (rest, line)
  }

  /// The text of a line, which at the start of the file may have a mark before it.
  private func withoutMark(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line == 0 && text.starts(with: Self.byteOrderMark)
      ? text.dropFirst(Self.byteOrderMark.count) : text
  }

  /// Reads another piece; what has been given is let go.
  private mutating func fill() throws(FileError) {
    buffer.removeFirst(position)
    position = 0
    let before = buffer.count
    try file?.read(into: &buffer, count: Self.pieceSize)
    isAtEnd = buffer.count == before
  }
}
