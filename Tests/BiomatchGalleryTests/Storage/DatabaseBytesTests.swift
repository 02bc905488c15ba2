import BiomatchCore
import BiomatchTestSupport
import Foundation
import GRDB
import Testing

@testable import BiomatchGallery

@Suite("The bytes of a database's file")
struct DatabaseBytesTests {
  @Test("All pages come once, in order, as they are in the file")
  func pages() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("database")
    let queue = try DatabaseQueue(path: path)
    var random = SeededGenerator(seed: 3)
    let blob = (0..<(3 << 20)).map { _ in UInt8.random(in: 0...255, using: &random) }
    try queue.write { db in
      try db.execute(sql: "CREATE TABLE blob (bytes BLOB)")
      try db.execute(sql: "INSERT INTO blob VALUES (?)", arguments: [Data(blob)])
    }
    var bytes: [UInt8] = []
    let isFound = try queue.writeWithoutTransaction { db in
      try db.containsPages { pages in
        #expect(pages.first * pages.pageSize == bytes.count)
        bytes += pages.bytes
        return false
      }
    }
    #expect(!isFound)
    #expect(bytes.count > blob.count)
    try queue.close()
    #expect(bytes == (try FileBytes.read(path)))
  }

  @Test("What is found ends the reading")
  func end() throws {
    let directory = try TemporaryDirectory()
    let queue = try DatabaseQueue(path: directory.file("database"))
    try queue.write { try $0.execute(sql: "CREATE TABLE t (c)") }
    var count = 0
    let isFound = try queue.writeWithoutTransaction { db in
      try db.containsPages { _ in
        count += 1
        return true
      }
    }
    #expect(isFound && count == 1)
  }
}

@Suite("Texts that are looked for together")
struct WantedTextsTests {
  @Test("A text is found wherever it lies, and only as a whole", arguments: [0, 1, 500, 968])
  func anywhere(offset: Int) {
    var random = SeededGenerator(seed: 7)
    let wanted = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    let other = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
    var bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    bytes.replaceSubrange(offset..<offset + 32, with: wanted)
    #expect(WantedTexts([other, wanted]).isAny(in: bytes))
    #expect(!WantedTexts([other]).isAny(in: bytes))
    bytes[offset + 31] ^= 1
    #expect(!WantedTexts([other, wanted]).isAny(in: bytes))
  }

  @Test("A text that begins within a false start is found")
  func falseStart() {
    let bytes: [UInt8] = [1, 1, 1, 2, 9]
    #expect(WantedTexts([[1, 1, 2]]).isAny(in: bytes))
    #expect(WantedTexts([[2, 9]]).isAny(in: bytes))
    #expect(!WantedTexts([[2, 9, 0], [9, 1]]).isAny(in: bytes))
    #expect(!WantedTexts([]).isAny(in: bytes))
  }
}
