import BiomatchCore
import BiomatchTestSupport
import Foundation
import TestVectors
import Testing

@Suite("Segment")
struct SegmentTests {
  @Test("today's code reads yesterday's file")
  func goldenFile() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("golden.segment")
    try FileBytes.write(TestVectors.bytes("segments/version-1.segment"), to: path)
    try check(Segment(path: path, expecting: Fixture.identity))
  }

  @Test("the writer writes the golden file, byte by byte")
  func goldenBytes() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("new.segment")
    try Fixture.writeGolden(to: path)
    let written = try FileBytes.read(path)
    let golden = try TestVectors.bytes("segments/version-1.segment")
    #expect(written.count == golden.count)
    let difference = zip(written, golden).enumerated().first { $1.0 != $1.1 }?.offset
    #expect(difference == nil, "the first difference is at this byte")
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["new.segment"])
  }

  private func check(_ segment: Segment) throws {
    #expect(segment.identity == Fixture.identity)
    #expect(segment.generation == 7)
    #expect(segment.rowCount == 3)
    #expect(
      segment.sections.map(\.label.string) == ["identifiers", "tombstones", "arena", "empty"]
    )
    #expect(try Fixture.bytes(of: segment, "arena") == Fixture.arena)
    #expect(try Fixture.bytes(of: segment, "empty").isEmpty)
    #expect(try (0..<3).map { try segment.reference(ofRow: $0).string } == ["r/1", "r/2", "é"])
    #expect(try (0..<3).map { try segment.subject(ofRow: $0).string } == ["alice", "bob", "alice"])
    #expect(try (0..<3).map { try segment.isDeleted(row: $0) } == [false, true, false])
    #expect(try segment.deletionMarks() == [0b10])
    #expect(
      try Fixture.identifiers(of: segment, rows: 0..<3) == [
        ["r/1", "alice"], ["r/2", "bob"], ["é", "alice"],
      ]
    )
    try segment.verify()
  }

  @Test("any sizes of sections, blocks and pieces read back", arguments: UInt64(0)..<25)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let directory = try TemporaryDirectory()
    let path = directory.file("s.segment")
    var rows = SegmentRows()
    let rowCount = Int.random(in: 0...40, using: &random)
    var deleted: [Bool] = []
    for row in 0..<rowCount {
      deleted.append(Int.random(in: 0..<4, using: &random) == 0)
      rows.append(
        reference: try ReferenceID("r\(row)"),
        subject: try SubjectID(String(repeating: "s", count: row % 64 + 1)),
        isDeleted: deleted[row]
      )
    }
    var contents: [[UInt8]] = []
    var writer = try SegmentWriter(path: path, identity: Fixture.identity, generation: seed)
    try writer.writeRows(rows)
    for index in 0..<Int.random(in: 0...4, using: &random) {
      let blockSize = 4096 * Int.random(in: 1...3, using: &random)
      let count = [0, 1, 4095, 4096, 4097, 8192, 12_288, 30_000].randomElement(using: &random) ?? 0
      let content = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let label = try #require(SegmentLabel("section-\(index)"))
      try writer.beginSection(label, blockSize: blockSize)
      var rest = content[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...9000, using: &random))
        try writer.append(Array(piece))
        rest = rest.dropFirst(piece.count)
      }
      contents.append(content)
    }
    try writer.publish()

    let segment = try Segment(path: path, expecting: Fixture.identity)
    try segment.verify()
    #expect(segment.rowCount == rowCount, "seed \(seed)")
    for row in 0..<rowCount {
      #expect(try segment.reference(ofRow: row).string == "r\(row)", "seed \(seed)")
      #expect(try segment.subject(ofRow: row).string.count == row % 64 + 1, "seed \(seed)")
      #expect(try segment.isDeleted(row: row) == deleted[row], "seed \(seed)")
    }
    let marks = try segment.deletionMarks()
    #expect((marks != nil) == deleted.contains(true), "seed \(seed)")
    if let marks {
      let marked = (0..<8 * marks.count).map { marks[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
      #expect(marked == deleted + Array(repeating: false, count: marked.count - rowCount))
    }
    let start = Int.random(in: 0...rowCount, using: &random)
    let range = start..<Int.random(in: start...rowCount, using: &random)
    let expected = range.map { ["r\($0)", String(repeating: "s", count: $0 % 64 + 1)] }
    #expect(try Fixture.identifiers(of: segment, rows: range) == expected, "seed \(seed)")
    for (index, content) in contents.enumerated() {
      let label = try #require(SegmentLabel("section-\(index)"))
      #expect(try Fixture.bytes(of: segment, label) == content, "seed \(seed), section \(index)")
      guard !content.isEmpty else { continue }
      let start = Int.random(in: 0..<content.count, using: &random)
      let end = Int.random(in: start...content.count, using: &random)
      let part = try segment.withBytes(of: label, in: start..<end) { span in
        span.withUnsafeBytes { [UInt8]($0) }
      }
      #expect(part == Array(content[start..<end]), "seed \(seed), bytes \(start)..<\(end)")
    }
  }

  @Test("a segment of another kind, engine or parameters is refused")
  func identities() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("s.segment")
    try Fixture.writeGolden(to: path)
    var expected = Fixture.identity
    expected.kind = "other"
    #expect(throws: SegmentError.wrongKind(path: path, expected: "other", found: "test-index")) {
      try Segment(path: path, expecting: expected)
    }
    expected = Fixture.identity
    expected.engine = "test-2"
    #expect(throws: SegmentError.wrongEngine(path: path, expected: "test-2", found: "test-1")) {
      try Segment(path: path, expecting: expected)
    }
    expected = Fixture.identity
    expected.parameters = ParameterDigest(of: Array("radius=71".utf8))
    #expect(
      throws: SegmentError.wrongParameters(
        path: path,
        expected: expected.parameters,
        found: Fixture.identity.parameters
      )
    ) { try Segment(path: path, expecting: expected) }
    #expect(try Segment(path: path).identity == Fixture.identity)
  }

  @Test("a reference that occurs twice is refused, and nothing is left behind")
  func duplicates() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("s.segment")
    let reference = try ReferenceID("r")
    var rows = SegmentRows()
    rows.append(reference: reference, subject: try SubjectID("a"))
    rows.append(reference: reference, subject: try SubjectID("b"))
    #expect(throws: SegmentError.duplicateReference(path: path, reference: reference)) {
      var writer = try SegmentWriter(path: path, identity: Fixture.identity, generation: 1)
      try writer.writeRows(rows)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
  }

  @Test("who has a segment open keeps it while it is replaced")
  func replacement() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("s.segment")
    try Fixture.writeGolden(to: path)
    let old = try Segment(path: path)
    try Fixture.writeGolden(to: path, generation: 8)
    #expect(try Segment(path: path).generation == 8)
    #expect(old.generation == 7)
    try old.verify()
    try FileManager.default.removeItem(atPath: path)
    #expect(try Fixture.bytes(of: old, "arena") == Fixture.arena)
  }

  @Test("a missing section and a missing file are typed errors")
  func missing() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("s.segment")
    #expect(throws: SegmentError.file(.notFound(path: path))) { try Segment(path: path) }
    #expect(throws: SegmentError.file(.notAFile(path: directory.path))) {
      try Segment(path: directory.path)
    }
    try Fixture.writeGolden(to: path)
    #expect(throws: SegmentError.missingSection(path: path, label: "blocks")) {
      try Segment(path: path).withBytes(of: "blocks") { $0.byteCount }
    }
  }

  @Test("threads may read one segment at the same time")
  func concurrency() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("s.segment")
    try Fixture.writeGolden(to: path)
    let segment = try Segment(path: path)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for start in 0..<16 {
        group.addTask {
          let range = start * 500..<10_240
          let bytes = try segment.withBytes(of: "arena", in: range) { span in
            span.withUnsafeBytes { [UInt8]($0) }
          }
          return bytes == Array(Fixture.arena[range])
        }
      }
      for try await isEqual in group { #expect(isEqual) }
    }
  }

  @Test("a writer takes as many sections as a reader, and no more")
  func sectionLimit() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("s.segment")
    var writer = try SegmentWriter(path: path, identity: Fixture.identity, generation: 1)
    for index in 0..<1024 {
      try writer.beginSection(try #require(SegmentLabel("section-\(index)")))
    }
    #expect(throws: SegmentError.tooLarge(path: path, what: .tables)) {
      try writer.beginSection("one-more")
    }
    try writer.publish()
    let segment = try Segment(path: path)
    #expect(segment.sections.count == 1024)
    #expect(try Fixture.bytes(of: segment, "section-1023").isEmpty)
    try segment.verify()
  }

  /// The file is all holes but for its ends.
  @Test("a section may end beyond 4 GiB")
  func large() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("large.segment")
    let size = 5 << 30
    let blockSize = 1 << 24
    let end: [UInt8] = [1, 2, 3]
    var tables = ByteWriter()
    tables.writeBytes("arena".utf8)
    tables.writeZeros(19)
    for value in [4096, UInt64(size + end.count)] { tables.writeUInt64(value, .little) }
    for value in [blockSize, size / blockSize + 1] { tables.writeUInt32(UInt32(value), .little) }
    tables.writeZeros(16 + 32 * (size / blockSize))
    tables.writeUInt32(CRC32C.checksum(of: end), .little)
    tables.writeZeros(28)
    let tablesOffset = UInt64(4096 + size + 4096)
    var header = ByteWriter()
    header.writeBytes([0x89, 0x42, 0x4D, 0x53, 0x45, 0x47, 0x0D, 0x0A])
    for value: UInt32 in [1, 4096] { header.writeUInt32(value, .little) }
    for value in [tablesOffset + UInt64(tables.count), 0, 0, tablesOffset, UInt64(tables.count)] {
      header.writeUInt64(value, .little)
    }
    header.writeUInt32(1, .little)
    header.writeUInt32(CRC32C.checksum(of: tables.bytes), .little)
    for label in ["test-index", "test-1"] {
      header.writeBytes(label.utf8)
      header.writeZeros(24 - label.utf8.count)
    }
    header.writeUInt8(16)
    header.writeZeros(7)
    header.writeBytes(Fixture.identity.parameters.bytes)
    header.writeZeros(4092 - header.count)
    header.writeUInt32(CRC32C.checksum(of: header.bytes), .little)
    #expect(FileManager.default.createFile(atPath: path, contents: Data(header.bytes)))
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    for (offset, bytes) in [(UInt64(4096 + size), end), (tablesOffset, tables.bytes)] {
      try file.seek(toOffset: offset)
      try file.write(contentsOf: Data(bytes))
    }
    try file.close()
    let segment = try Segment(path: path, expecting: Fixture.identity)
    let found = try segment.withBytes(of: "arena", in: size..<size + 3) { span in
      span.withUnsafeBytes { [UInt8]($0) }
    }
    #expect(found == end)
  }

  @Test("labels are short and plain")
  func labels() {
    for text in ["", "A", "a b", "é", String(repeating: "a", count: 25), "a_b", "a\0"] {
      #expect(SegmentLabel(text) == nil, "\(text.debugDescription)")
    }
    for text in ["a", "fingerprint-index", "v1.2", String(repeating: "a", count: 24)] {
      #expect(SegmentLabel(text)?.string == text)
    }
  }
}
