import Testing

@testable import BiomatchGallery

@Suite("Space of a database that no row uses")
struct UnusedSpaceTests {
  @Test(
    "A name is found as a value of its own, beside the rows alone, and where its size may be missing",
    arguments: [
      ("person-2", 300, 512, true), ("person-21", 300, 512, false), ("a-person-2", 300, 512, false),
      ("person-21", 110, 512, true), ("person-2", 300, 250, false), ("person-3", 300, 512, false),
    ]
  )
  func names(stored: String, offset: Int, firstRow: Int, isFound: Bool) throws {
    // The first page of a database with pages of 512 bytes: a leaf of a table without rows.
    var page = [UInt8](repeating: 0, count: 512)
    page.replaceSubrange(16..<18, with: [2, 0])
    page.replaceSubrange(
      100..<108,
      with: [13, 0, 0, 0, 0, UInt8(firstRow >> 8), UInt8(firstRow & 0xFF), 0]
    )
    // A row of an index: the size of its head, the kinds of its values, then these.
    let row = [3, UInt8(13 + 2 * stored.utf8.count), 1] + Array(stored.utf8) + [7]
    page.replaceSubrange(offset..<offset + row.count, with: row)
    let pages = DatabasePages(first: 0, pageSize: 512, bytes: page)
    #expect(UnusedSpace.of(pages, contains: WantedTexts([Array("person-2".utf8)])) == isFound)
  }
}
