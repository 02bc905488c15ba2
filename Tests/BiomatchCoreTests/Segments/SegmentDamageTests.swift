import BiomatchCore
import BiomatchTestSupport
import Foundation
import TestVectors
import Testing

/// What reading everything of a damaged file says, by code; `nil` when nothing was noticed.
private func code(ofReading bytes: [UInt8], in directory: borrowing TemporaryDirectory) throws
  -> String?
{
  let path = directory.file("damaged.segment")
  try Data(bytes).write(to: URL(filePath: path))
  do throws(SegmentError) {
    try Segment(path: path).verify()
    return nil
  } catch {
    return error.code
  }
}

/// The same of reading the rows alone, all at once.
private func code(ofReadingRowsOf bytes: [UInt8], in directory: borrowing TemporaryDirectory) throws
  -> String?
{
  let path = directory.file("damaged.segment")
  try Data(bytes).write(to: URL(filePath: path))
  do throws(SegmentError) {
    let segment = try Segment(path: path)
    var sum = 0
    try segment.forEachRow(in: 0..<min(segment.rowCount, 100)) { _, reference, subject in
      sum &+= total(reference) &+ total(subject)
    }
    _ = try segment.deletionMarks()
    return nil
  } catch {
    return error.code
  }
}

private func total(_ bytes: RawSpan) -> Int {
  bytes.withUnsafeBytes { $0.reduce(0) { $0 + Int($1) } }
}

@Suite("Damaged segments")
struct SegmentDamageTests {
  private static func golden() throws -> [UInt8] {
    try TestVectors.bytes("segments/version-1.segment")
  }

  @Test("a changed bit anywhere is noticed")
  func flips() throws {
    let directory = try TemporaryDirectory()
    let golden = try Self.golden()
    var random = SeededGenerator(seed: 5)
    // Every field of the header and of the tables, and a sample of everything else.
    var offsets = Set(0..<160).union(4088..<4096).union(golden.count - 420..<golden.count)
    while offsets.count < 1200 { offsets.insert(Int.random(in: 0..<golden.count, using: &random)) }
    for offset in offsets.sorted() {
      var bytes = golden
      bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      let expected: [String] =
        switch offset {
        case 0..<8: ["segment.foreign"]
        case 8..<12: ["segment.version"]
        default: ["segment.corrupt"]
        }
      let found = try code(ofReading: bytes, in: directory)
      #expect(expected.contains(found ?? "nothing"), "byte \(offset): \(found ?? "nothing")")
    }
  }

  @Test("damage in one block is found when the block is touched, and no earlier")
  func firstTouch() throws {
    let directory = try TemporaryDirectory()
    var bytes = try Self.golden()
    let path = directory.file("damaged.segment")
    // The second of the three blocks; the arena is the third section after the header's page.
    let offset = 3 * 4096 + 4096 + 17
    bytes[offset] ^= 4
    try Data(bytes).write(to: URL(filePath: path))
    let segment = try Segment(path: path)
    #expect(try segment.reference(ofRow: 2).string == "é")
    #expect(try segment.withBytes(of: "arena", in: 0..<4096) { $0.byteCount } == 4096)
    #expect(try segment.withBytes(of: "arena", in: 8192..<10_240) { $0.byteCount } == 2048)
    let damage = SegmentError.corrupt(
      path: path,
      offset: 4 * 4096,
      what: .block(1, of: "arena")
    )
    for range in [4096..<4097, 8191..<8192, 0..<10_240] {
      #expect(throws: damage) { try segment.withBytes(of: "arena", in: range) { $0.byteCount } }
    }
    #expect(throws: damage) { try segment.verify() }
    #expect(
      damage.description
        == "\(path), byte 16384, block 1 of section 'arena': the bytes are not those that were "
        + "written; build the segment again from the templates, or restore it from a backup "
        + "[segment.corrupt]"
    )
  }

  @Test("a file cut off anywhere is noticed, and so is a longer one")
  func truncations() throws {
    let directory = try TemporaryDirectory()
    let golden = try Self.golden()
    var cuts = Set([0, 1, 7, 8, 9, 100, golden.count - 1])
    for boundary in stride(from: 4096, through: golden.count, by: 4096) {
      cuts.formUnion([boundary - 1, boundary, boundary + 1])
    }
    for count in cuts.sorted() where count < golden.count {
      let found = try code(ofReading: Array(golden.prefix(count)), in: directory)
      let expected = count < 8 ? "segment.foreign" : "segment.truncated"
      #expect(found == expected, "cut to \(count) bytes")
    }
    #expect(try code(ofReading: golden + [0], in: directory) == "segment.corrupt")
  }

  @Test("other files are not taken for segments")
  func foreign() throws {
    let directory = try TemporaryDirectory()
    for bytes in [[], Array("{}".utf8), Array(repeating: 0, count: 20_000)] as [[UInt8]] {
      #expect(try code(ofReading: bytes, in: directory) == "segment.foreign")
    }
  }

  /// Checksums only show damage. A file that somebody made up may have right ones.
  @Test("made-up numbers behind right checksums never trap", arguments: UInt64(0)..<600)
  func forgeries(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: seed)
    var bytes = try Self.golden()
    let tables = Forgery.tables(of: bytes)
    let places = [12..<160, tables..<bytes.count, Forgery.identifiers, Forgery.tombstones]
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let offset = places.randomElement(using: &random)?.randomElement(using: &random) ?? 0
      bytes[offset] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
    }
    let hasNewTables = try bytes[tables...] != Self.golden()[tables...]
    Forgery.finish(&bytes, blocks: !hasNewTables)
    _ = try code(ofReading: bytes, in: directory)
    _ = try code(ofReadingRowsOf: bytes, in: directory)
  }

  @Test(
    "identifiers and marks that break the rules are found behind right checksums",
    arguments: [
      ("the first text does not start at 0", [0: 1], "segment.corrupt"),
      ("a text ends before it starts", [4: 200], "segment.corrupt"),
      ("a text ends beyond the section", [27: 0xFF], "segment.corrupt"),
      ("bytes are left over after the last text", [24: 20], "segment.corrupt"),
      ("a reference is empty", [4: 0], "segment.corrupt"),
      ("a reference is not UTF-8", [28: 0xFF], "segment.corrupt"),
      ("a subject has U+0000", [32: 0], "segment.corrupt"),
      ("a reference occurs twice", [38: 0x31], "segment.duplicate-reference"),
      ("a row beyond the last is deleted", [4096: 0b1010], "segment.corrupt"),
    ] as [(String, [Int: UInt8], String)]
  )
  func brokenRows(what: String, changes: [Int: UInt8], expected: String) throws {
    let directory = try TemporaryDirectory()
    var bytes = try Self.golden()
    for (offset, byte) in changes { bytes[Forgery.identifiers.lowerBound + offset] = byte }
    Forgery.finish(&bytes)
    #expect(try code(ofReading: bytes, in: directory) == expected, "\(what)")
  }

  @Test(
    "a row whose texts lie elsewhere is found when rows are read at once",
    arguments: [
      ("a text ends before it starts", [4: 200]),
      ("a text ends beyond the section", [24: 0xFF]),
      ("the last text ends beyond the section", [27: 0xFF]),
      ("a row beyond the last is deleted", [4096: 0b1010]),
    ] as [(String, [Int: UInt8])]
  )
  func brokenRowsAtOnce(what: String, changes: [Int: UInt8]) throws {
    let directory = try TemporaryDirectory()
    var bytes = try Self.golden()
    for (offset, byte) in changes { bytes[Forgery.identifiers.lowerBound + offset] = byte }
    Forgery.finish(&bytes)
    #expect(try code(ofReadingRowsOf: bytes, in: directory) == "segment.corrupt", "\(what)")
  }

  /// A reader that compared every name with every other would be busy for hours with a large one.
  @Test("more sections than the format allows are refused unread")
  func tooManySections() throws {
    let directory = try TemporaryDirectory()
    var bytes = try Self.golden()
    bytes[56...59] = [0x01, 0x04, 0, 0]
    Forgery.finish(&bytes)
    let path = directory.file("damaged.segment")
    try Data(bytes).write(to: URL(filePath: path))
    #expect(throws: SegmentError.corrupt(path: path, offset: 0, what: .header)) {
      try Segment(path: path)
    }
  }

  @Test(
    "a sealed segment needs a key, one that is sealed in an unknown way a later version",
    arguments: [(1, "segment.sealed"), (2, "segment.sealing"), (255, "segment.sealing")]
  )
  func sealing(method: UInt8, expected: String) throws {
    let directory = try TemporaryDirectory()
    var bytes = try Self.golden()
    bytes[113] = method
    Forgery.finish(&bytes)
    #expect(try code(ofReading: bytes, in: directory) == expected)
  }
}

/// The golden file in the hands of somebody who knows the format.
private enum Forgery {
  static let identifiers = 4096..<4096 + 49
  static let tombstones = 8192..<8193

  /// Where the tables start: four sections, five blocks.
  static func tables(of bytes: [UInt8]) -> Int { bytes.count - (4 * 64 + 5 * 32) }

  /// Makes all checksums right again, those of the rows' blocks on request.
  static func finish(_ bytes: inout [UInt8], blocks: Bool = true) {
    func store(_ value: UInt32, at offset: Int) {
      for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
    }
    let tables = tables(of: bytes)
    if blocks {
      store(CRC32C.checksum(of: Array(bytes[identifiers])), at: tables + 4 * 64)
      store(CRC32C.checksum(of: Array(bytes[tombstones])), at: tables + 4 * 64 + 32)
    }
    store(CRC32C.checksum(of: Array(bytes[tables...])), at: 60)
    store(CRC32C.checksum(of: Array(bytes[..<4092])), at: 4092)
  }
}
