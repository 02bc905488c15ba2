import GRDB

/// What a database file has beside the rows of its tables.
///
/// SQLite overwrites rows that are deleted (`secure_delete`). Where it shares the rows of a page out among
/// its neighbours, it writes the page anew, and what lay between the list of its rows and the first of them
/// stays: copies of rows that are elsewhere now, or gone. Pages are those of the
/// [file format](https://www.sqlite.org/fileformat2.html), sections 1.3, 1.6 and 2.1.
enum UnusedSpace {
  private static let fileHeader = 100

  /// Whether any of the texts is in the unused space of a database whose log is empty, as a value of its own
  /// and not a part of a longer one.
  ///
  /// - Complexity: O(size of the file), in little memory.
  static func of(_ db: Database, contains wanted: WantedTexts) throws -> Bool {
    try db.containsPages { of($0, contains: wanted) }
  }

  /// The same of some pages.
  static func of(_ pages: DatabasePages, contains wanted: WantedTexts) -> Bool {
    let unused = unused(in: pages)
    guard wanted.isAny(in: Array(unused.joined())) else { return false }
    return unused.contains { part in wanted.texts.contains { isValue($0, in: part) } }
  }

  private static func unused(in pages: DatabasePages) -> [ArraySlice<UInt8>] {
    stride(from: 0, to: pages.bytes.count, by: pages.pageSize).map { start in
      let page = pages.bytes[start...].prefix(pages.pageSize)
      return unused(in: page, header: pages.first + start == 0 ? fileHeader : 0)
    }
  }

  /// A row tells the sizes of its values before them: that of a text is in one of so many bytes.
  private static let reach = 16

  /// Whether a text lies there with its size before it, or where that may have been overwritten.
  private static func isValue(_ text: [UInt8], in unused: ArraySlice<UInt8>) -> Bool {
    // The last seven bits of the number that stands for a text of that size.
    let size = UInt8(truncatingIfNeeded: 13 + 2 * text.count) & 0x7F
    return unused.indices.contains { start in
      guard unused[start] == text[0], unused[start...].starts(with: text) else { return false }
      let before = unused[..<start].suffix(reach)
      return before.count < reach || before.contains(size)
    }
  }

  /// The part of a page that no row uses. A page that has no rows counts as a whole: it goes on with a row
  /// of another page, or nobody uses it.
  private static func unused(in page: ArraySlice<UInt8>, header: Int) -> ArraySlice<UInt8> {
    guard let kind = page.dropFirst(header).first, [2, 5, 10, 13].contains(kind) else {
      return page
    }
    let list = header + (kind == 2 || kind == 5 ? 12 : 8)
    let end = list + 2 * number(page, at: header + 3)
    let first = number(page, at: header + 5)
    let rows = first == 0 ? 1 << 16 : first
    guard end <= rows, rows <= page.count else { return page }
    return page.dropFirst(end).prefix(rows - end)
  }

  /// The number of two bytes, big endian, at an offset.
  private static func number(_ bytes: ArraySlice<UInt8>, at offset: Int) -> Int {
    bytes.dropFirst(offset).prefix(2).reduce(0) { $0 << 8 | Int($1) }
  }
}
