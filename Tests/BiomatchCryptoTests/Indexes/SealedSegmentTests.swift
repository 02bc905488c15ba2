import BiomatchCore
import BiomatchCrypto
import BiomatchTestSupport
import Foundation
import Synchronization
import Testing

/// A segment of three rows, an arena of three blocks, the first two alike, and an empty section.
private enum Sealed {
  static let identity = SegmentIdentity(
    kind: "test-index",
    engine: "test-1",
    parameters: ParameterDigest(of: Array("radius=70".utf8))
  )
  static let arena = Array(repeating: Array(UInt8(0)...255), count: 40).flatMap { $0 }

  static func contentKey() throws -> any ContentKey {
    try IndexKey(.random(count: IndexKey.secretSize)).sealing.makeContentKey()
  }

  static func write(
    to path: String,
    _ key: (any ContentKey)?,
    pieces: Int = 10_240
  ) throws {
    var rows = SegmentRows()
    rows.append(reference: try ReferenceID("ref-one"), subject: try SubjectID("alice"))
    rows.append(
      reference: try ReferenceID("ref-two"),
      subject: try SubjectID("bob"),
      isDeleted: true
    )
    rows.append(reference: try ReferenceID("ref-three"), subject: try SubjectID("alice"))
    var writer = try SegmentWriter(path: path, identity: identity, generation: 7, sealedBy: key)
    try writer.writeRows(rows)
    try writer.beginSection("arena", blockSize: 4096)
    for start in stride(from: 0, to: arena.count, by: pieces) {
      try writer.append(Array(arena[start..<min(start + pieces, arena.count)]))
    }
    try writer.beginSection("empty")
    try writer.publish()
  }

  /// What reading everything says, by code; `nil` when nothing was noticed.
  static func code(ofReading path: String, _ key: (any ContentKey)?) throws -> String? {
    do throws(SegmentError) {
      try Segment(path: path, expecting: identity, sealedBy: key).verify()
      return nil
    } catch {
      return error.code
    }
  }

  static func code(
    ofReading bytes: [UInt8],
    _ key: (any ContentKey)?,
    in directory: borrowing TemporaryDirectory
  ) throws -> String? {
    let path = directory.file("changed.segment")
    try Data(bytes).write(to: URL(filePath: path))
    return try code(ofReading: path, key)
  }

  static func bytes(of segment: Segment, _ label: SegmentLabel) throws -> [UInt8] {
    try segment.withBytes(of: label) { span in span.withUnsafeBytes { [UInt8]($0) } }
  }

  /// Where the tables start: four sections, five blocks.
  static func tables(of bytes: [UInt8]) -> Int { bytes.count - (4 * 64 + 5 * 32) }
  /// Where the entry of a block is, and the block itself.
  static func entry(_ block: Int, of bytes: [UInt8]) -> Range<Int> {
    let start = tables(of: bytes) + 4 * 64 + 32 * block
    return start..<start + 32
  }
  static let blocks = [
    4096..<4096 + 66, 8192..<8193, 12_288..<16_384, 16_384..<20_480, 20_480..<22_528,
  ]

  /// Makes all checksums right again.
  static func finish(_ bytes: inout [UInt8]) {
    func store(_ value: UInt32, at offset: Int) {
      for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
    }
    for (block, range) in blocks.enumerated() {
      store(CRC32C.checksum(of: Array(bytes[range])), at: entry(block, of: bytes).lowerBound)
    }
    store(CRC32C.checksum(of: Array(bytes[tables(of: bytes)...])), at: 60)
    store(CRC32C.checksum(of: Array(bytes[..<4092])), at: 4092)
  }
}

@Suite("Sealed segments")
struct SealedSegmentTests {
  @Test(
    "what was sealed is read as it was written, however it came in pieces",
    arguments: [
      1, 4095, 4096, 5000, 10_240,
    ]
  )
  func reading(pieces: Int) throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("s.segment")
    let key = try Sealed.contentKey()
    try Sealed.write(to: path, key, pieces: pieces)
    let segment = try Segment(path: path, expecting: Sealed.identity, sealedBy: key)
    #expect(segment.generation == 7 && segment.rowCount == 3)
    #expect(try segment.withBytes(of: "arena", in: 5000..<5003) { $0.byteCount } == 3)
    #expect(try Sealed.bytes(of: segment, "arena") == Sealed.arena)
    #expect(try Sealed.bytes(of: segment, "empty") == [])
    #expect(try segment.reference(ofRow: 2).string == "ref-three")
    #expect(try segment.subject(ofRow: 0).string == "alice")
    #expect(try (0..<3).map { try segment.isDeleted(row: $0) } == [false, true, false])
    try segment.verify()
    try Segment(path: path, sealedBy: key).verify()
  }

  @Test("it takes as much room as one that is not sealed, and holds nothing of it in clear")
  func concealment() throws {
    let directory = try TemporaryDirectory()
    let (plain, sealed) = (directory.file("p.segment"), directory.file("s.segment"))
    try Sealed.write(to: plain, nil)
    try Sealed.write(to: sealed, try Sealed.contentKey())
    let bytes = Data(try FileBytes.read(sealed))
    #expect(bytes.count == (try FileBytes.read(plain)).count)
    for secret in ["ref-one", "ref-", "alice", "bob"] {
      #expect(Data(try FileBytes.read(plain)).range(of: Data(secret.utf8)) != nil)
      #expect(bytes.range(of: Data(secret.utf8)) == nil)
    }
    #expect(bytes.range(of: Data(Sealed.arena.prefix(16))) == nil)
    // Blocks that are alike in clear are not alike sealed.
    #expect(bytes[Sealed.blocks[2]] != bytes[Sealed.blocks[3]])
  }

  @Test("the same content under the same key shares no block with its repetition")
  func freshness() throws {
    let directory = try TemporaryDirectory()
    let key = try Sealed.contentKey()
    let files = try (0..<3).map { index in
      try Sealed.write(to: directory.file("\(index)"), key)
      return try FileBytes.read(directory.file("\(index)"))
    }
    #expect(Set(files.map { Array($0[152..<184]) }).count == 3)
    for range in Sealed.blocks where range.count > 1 {
      #expect(Set(files.map { Array($0[range]) }).count == 3)
    }
  }

  @Test("a changed bit anywhere is noticed, also behind right checksums", arguments: [false, true])
  func flips(isForged: Bool) throws {
    let directory = try TemporaryDirectory()
    let key = try Sealed.contentKey()
    try Sealed.write(to: directory.file("s.segment"), key)
    let original = try FileBytes.read(directory.file("s.segment"))
    var random = SeededGenerator(seed: 7)
    var offsets = Set(0..<210).union(Sealed.tables(of: original)..<original.count)
    offsets.formUnion(Sealed.blocks[0])
    offsets.insert(Sealed.blocks[1].lowerBound)
    while offsets.count < 1200 {
      offsets.insert(Int.random(in: 0..<original.count, using: &random))
    }
    for offset in offsets.sorted() {
      var bytes = original
      bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      if isForged { Sealed.finish(&bytes) }
      if bytes == original { continue }
      let found = try Sealed.code(ofReading: bytes, key, in: directory)
      #expect(found != nil, "byte \(offset)")
      guard isForged, Sealed.blocks.contains(where: { $0.contains(offset) }) else { continue }
      #expect(found == "segment.authentication", "byte \(offset)")
    }
  }

  @Test("a block with right checksum and wrong tables is found when it is touched, and no earlier")
  func firstTouch() throws {
    let directory = try TemporaryDirectory()
    let key = try Sealed.contentKey()
    let path = directory.file("s.segment")
    try Sealed.write(to: path, key)
    var bytes = try FileBytes.read(path)
    bytes[16_384 + 5] ^= 1
    try Data(bytes).write(to: URL(filePath: path))
    let segment = try Segment(path: path, sealedBy: key)
    #expect(try segment.withBytes(of: "arena", in: 0..<4096) { $0.byteCount } == 4096)
    let damage = SegmentError.corrupt(path: path, offset: 16_384, what: .block(1, of: "arena"))
    #expect(throws: damage) { try segment.withBytes(of: "arena", in: 4096..<4097) { _ in } }
    #expect(throws: damage) { try segment.verify() }
  }

  @Test(
    "two blocks that changed places are noticed, with their entries or without",
    arguments: [
      false, true,
    ]
  )
  func swaps(withEntries: Bool) throws {
    let directory = try TemporaryDirectory()
    let key = try Sealed.contentKey()
    try Sealed.write(to: directory.file("s.segment"), key)
    let original = try FileBytes.read(directory.file("s.segment"))
    var bytes = original
    bytes.replaceSubrange(Sealed.blocks[2], with: original[Sealed.blocks[3]])
    bytes.replaceSubrange(Sealed.blocks[3], with: original[Sealed.blocks[2]])
    if withEntries {
      let entries = (Sealed.entry(2, of: bytes), Sealed.entry(3, of: bytes))
      bytes.replaceSubrange(entries.0, with: original[entries.1])
      bytes.replaceSubrange(entries.1, with: original[entries.0])
    }
    #expect(try Sealed.code(ofReading: bytes, key, in: directory) == "segment.corrupt")
    Sealed.finish(&bytes)
    #expect(try Sealed.code(ofReading: bytes, key, in: directory) == "segment.authentication")
  }

  /// The other segment may be an older one of the same rows: then it is a replay.
  @Test(
    "parts of another segment of the same key are noticed",
    arguments: [
      [4096..<8192], [8192..<12_288], [12_288..<16_384], [20_480..<24_576], [4096..<24_576],
      [152..<184], [184..<200], [0..<4096], [24_576..<24_992], [0..<4096, 24_576..<24_992],
    ]
  )
  func transplants(parts: [Range<Int>]) throws {
    let directory = try TemporaryDirectory()
    let key = try Sealed.contentKey()
    for name in ["a", "b"] { try Sealed.write(to: directory.file(name), key) }
    let (first, second) = (
      try FileBytes.read(directory.file("a")), try FileBytes.read(directory.file("b"))
    )
    #expect(first.count == 24_992)
    var bytes = first
    for part in parts { bytes.replaceSubrange(part, with: second[part]) }
    #expect(try Sealed.code(ofReading: bytes, key, in: directory) != nil)
    Sealed.finish(&bytes)
    #expect(try Sealed.code(ofReading: bytes, key, in: directory) == "segment.authentication")
  }

  @Test("each block opens under its own number, section and place only")
  func bindings() throws {
    let key = try Sealed.contentKey()
    let sealer = try key.makeSealer()
    var block = Array("twelve bytes".utf8)
    let tag = try sealer.seal(&block, authenticating: [1])
    let end = try sealer.finish(authenticating: [2])
    let opener = try key.makeOpener(salt: sealer.salt)
    func opens(
      _ opener: any SegmentOpener,
      _ block: [UInt8],
      _ tag: [UInt8],
      _ number: Int,
      _ data: [UInt8]
    ) -> Bool {
      var target = [UInt8](repeating: 9, count: block.count)
      var span = target.mutableSpan
      var bytes = span.mutableBytes
      let result = Result { () throws(SealingError) in
        try opener.open(
          block.span.bytes,
          tag: tag,
          number: number,
          authenticating: data,
          into: &bytes
        )
      }
      if case .success = result { return target == Array("twelve bytes".utf8) }
      #expect(target == [UInt8](repeating: 0, count: block.count))
      return false
    }
    #expect(opens(opener, block, tag, 0, [1]))
    #expect(!opens(opener, block, tag, 1, [1]))
    #expect(!opens(opener, block, tag, 0, [2]))
    #expect(!opens(opener, block, end, 0, [1]))
    #expect(!opens(opener, Array(block.dropLast()), tag, 0, [1]))
    #expect(!opens(try Sealed.contentKey().makeOpener(salt: sealer.salt), block, tag, 0, [1]))
    #expect(!opens(try key.makeOpener(salt: key.makeSealer().salt), block, tag, 0, [1]))
    try opener.finish(tag: end, count: 1, authenticating: [2])
    for (count, data) in [(0, [2]), (2, [2]), (1, [1])] as [(Int, [UInt8])] {
      #expect(throws: SealingError.notAuthentic) {
        try opener.finish(tag: end, count: count, authenticating: data)
      }
    }
  }

  @Test("without the key, with another, or with one where none belongs, errors say what to do")
  func keys() throws {
    let directory = try TemporaryDirectory()
    let (plain, sealed) = (directory.file("p.segment"), directory.file("s.segment"))
    let key = try Sealed.contentKey()
    try Sealed.write(to: plain, nil)
    try Sealed.write(to: sealed, key)
    #expect(throws: SegmentError.sealed(path: sealed)) { try Segment(path: sealed) }
    #expect(throws: SegmentError.notSealed(path: plain)) {
      try Segment(path: plain, sealedBy: key)
    }
    let other = try Sealed.contentKey()
    #expect(throws: SegmentError.notAuthentic(path: sealed, offset: 0, what: .header)) {
      try Segment(path: sealed, sealedBy: other)
    }
    #expect(
      SegmentError.sealed(path: sealed).description
        == "\(sealed): the segment is sealed, and no key was given; open it with the key that it was "
        + "sealed by [segment.sealed]"
    )
  }

  @Test("a secret of another length makes no key", arguments: [0, 16, 31, 33])
  func secrets(count: Int) throws {
    #expect(throws: CryptoError.self) { try IndexKey(.random(count: count)) }
  }

  @Test("many threads that touch the same blocks for the first time read the same bytes")
  func threads() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("s.segment")
    let key = try Sealed.contentKey()
    try Sealed.write(to: path, key)
    for _ in 0..<20 {
      let segment = try Segment(path: path, sealedBy: key)
      let wrong = Atomic<Int>(0)
      DispatchQueue.concurrentPerform(iterations: 8) { thread in
        let start = thread * 1000
        let bytes = try? segment.withBytes(of: "arena", in: start..<start + 3000) { span in
          span.withUnsafeBytes { [UInt8]($0) }
        }
        if bytes != Array(Sealed.arena[start..<start + 3000]) {
          wrong.add(1, ordering: .relaxed)
        }
      }
      #expect(wrong.load(ordering: .relaxed) == 0)
    }
  }
}
