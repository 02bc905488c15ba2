/// The lines of one machine-readable zone, and where they come from.
public struct MRZText: Sendable, Hashable {
  /// The lines, without line breaks and trailing spaces.
  let lines: [ArraySlice<UInt8>]
  /// The number of the first line in its file, counted from one.
  public let firstLine: Int
  /// The file's name, for errors.
  public let file: String?

  init(lines: [ArraySlice<UInt8>], firstLine: Int, file: String?) {
    self.lines = lines
    self.firstLine = firstLine
    self.file = file
  }

  /// All of `bytes` as one zone; empty lines are left out.
  public init(_ bytes: [UInt8], file: String? = nil) {
    let lines = Self.lines(of: bytes)
    self.init(
      lines: lines.map(\.text),
      firstLine: lines.first?.number ?? 1,
      file: file
    )
  }

  /// The zones in a text, one behind the other.
  ///
  /// The length of a zone's first line tells how many lines it has: more than 60 characters one, fewer
  /// than 33 three, else two. An empty line ends a zone.
  ///
  /// - Complexity: linear in the number of bytes.
  public static func all(in bytes: [UInt8], file: String? = nil) -> [MRZText] {
    var texts: [MRZText] = []
    var pending: [Line] = []
    var wanted = 0
    for line in lines(of: bytes) {
      // A gap in the numbers is an empty line.
      if let last = pending.last, last.number + 1 != line.number || pending.count == wanted {
        texts.append(MRZText(pending, file: file))
        pending.removeAll(keepingCapacity: true)
      }
      if pending.isEmpty { wanted = line.text.count > 60 ? 1 : line.text.count < 33 ? 3 : 2 }
      pending.append(line)
    }
    if !pending.isEmpty { texts.append(MRZText(pending, file: file)) }
    return texts
  }

  private typealias Line = (text: ArraySlice<UInt8>, number: Int)

  private init(_ lines: [Line], file: String?) {
    self.init(lines: lines.map(\.text), firstLine: lines.first?.number ?? 1, file: file)
  }

  /// The lines that are not empty.
  private static func lines(of bytes: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var start = bytes.startIndex
    var number = 1
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
      var last = end
      while last > start, isBlank(bytes[last - 1]) { last -= 1 }
      if last > start { lines.append((bytes[start..<last], number)) }
      start = end + 1
      number += 1
    }
    return lines
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
