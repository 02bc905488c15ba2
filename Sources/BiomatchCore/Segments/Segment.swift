import Synchronization

/// A saved index: an immutable file of named sections, mapped into memory.
///
/// Opening reads the header and the tables only, however large the file is. A block is checked against
/// its checksum when it is touched for the first time, everything by ``verify()``. A published segment
/// never changes: it is replaced as a whole, and whoever has the old one open keeps it. Whoever shortens
/// the file instead ends every process that reads the bytes it lost.
///
/// A sealed segment is opened in memory instead, block by block, each when it is touched for the first
/// time.
///
/// Threads may share a segment.
///
/// ```swift
/// let segment = try Segment(path: path, expecting: identity)
/// let sum = try segment.withBytes(of: "arena", in: 0..<4096) { bytes in
///   var sum = CRC32C()
///   sum.update(bytes)
///   return sum.value
/// }
/// ```
public final class Segment: Sendable {
  /// The path it was opened by.
  public let path: String
  /// What it holds and how that came about.
  public let identity: SegmentIdentity
  /// The state of the gallery that it holds.
  public let generation: UInt64
  /// How many rows it has, deleted ones included.
  public let rowCount: Int
  /// How many bytes the file has.
  public let fileSize: Int
  /// The checksum of its header, which through the header's and the tables' own checksums tells any
  /// two contents apart.
  public let checksum: UInt32
  /// Its sections in the order of the file.
  public let sections: [SegmentSection]

  private let file: MappedFile
  /// The blocks in memory where the file is sealed; `nil` where they are read in the file.
  private let opened: OpenedBlocks?
  private let tables: Range<Int>
  /// Which blocks were found intact, by section.
  private let verified: Mutex<[[Bool]]>

  /// Opens the segment at `path`.
  ///
  /// - Parameter identity: what the caller can work with; without it anything is opened.
  /// - Throws: ``SegmentError``. Header and tables are checked, the sections are not yet.
  public convenience init(
    path: String,
    expecting identity: SegmentIdentity? = nil
  ) throws(SegmentError) {
    try self.init(path: path, expecting: identity, sealedBy: nil)
  }

  /// Opens the segment at `path`, which must be sealed by `key`, and must not be for `nil`.
  package init(
    path: String,
    expecting identity: SegmentIdentity? = nil,
    sealedBy key: (any ContentKey)?
  ) throws(SegmentError) {
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch { throw .file(error) }
    let header = try Self.header(of: file, path: path)
    if let identity { try Self.check(header.identity, expected: identity, path: path) }
    if header.seal != nil, key == nil { throw .sealed(path: path) }
    if header.seal == nil, key != nil { throw .notSealed(path: path) }
    tables = header.tablesOffset..<header.fileSize
    let tableBytes = file.bytes(in: tables)
    guard CRC32C.checksum(of: tableBytes) == header.tablesChecksum else {
      throw .corrupt(path: path, offset: header.tablesOffset, what: .tables)
    }
    sections = try SegmentSection.decodeTables(tableBytes, header: header, path: path)
    opened = try Self.opened(header, sections, of: file, tables: tableBytes, key, path: path)
    verified = Mutex(sections.map { Array(repeating: false, count: $0.checksums.count) })
    self.path = path
    self.file = file
    self.identity = header.identity
    generation = header.generation
    rowCount = header.rowCount
    fileSize = header.fileSize
    checksum = header.checksum
    try checkRowSections()
  }

  /// The section of that name; `nil` when there is none.
  public func section(_ label: SegmentLabel) -> SegmentSection? {
    sections.first { $0.label == label }
  }

  /// Calls `body` with bytes of a section, whose blocks are verified first.
  ///
  /// - Parameters:
  ///   - range: the bytes, counted from the section's start and within it; all of them by default.
  ///   - body: gets the bytes, aligned in memory as they are in the section: its first byte is at a
  ///     multiple of 4,096.
  /// - Throws: ``SegmentError`` when there is no such section or a block is damaged.
  public func withBytes<R>(
    of label: SegmentLabel,
    in range: Range<Int>? = nil,
    _ body: (RawSpan) -> R
  ) throws(SegmentError) -> R {
    guard let index = sections.firstIndex(where: { $0.label == label }) else {
      throw .missingSection(path: path, label: label)
    }
    let section = sections[index]
    let range = range ?? 0..<section.count
    precondition(
      0 <= range.lowerBound && range.upperBound <= section.count,
      "the bytes lie within the section"
    )
    try verifyBlocks(section.blocks(of: range), ofSection: index)
    let start = section.offset + range.lowerBound
    return withContent(in: start..<start + range.count, body)
  }

  /// Calls `body` with bytes of sections by their place in the file, which were verified before.
  func withContent<R>(in range: Range<Int>, _ body: (RawSpan) -> R) -> R {
    if let opened { opened.withBytes(in: range, body) } else { file.withBytes(in: range, body) }
  }

  /// Calls `body` with bytes of a section, of which only those within `verified` ranges are verified
  /// first: `body` must not look at others.
  package func withBytes<R>(
    of label: SegmentLabel,
    in range: Range<Int>,
    verifying verified: some Sequence<Range<Int>>,
    _ body: (RawSpan) -> R
  ) throws(SegmentError) -> R {
    guard let index = sections.firstIndex(where: { $0.label == label }) else {
      throw .missingSection(path: path, label: label)
    }
    let section = sections[index]
    precondition(
      0 <= range.lowerBound && range.upperBound <= section.count,
      "the bytes lie within the section"
    )
    for part in verified where !part.isEmpty {
      precondition(
        range.lowerBound <= part.lowerBound && part.upperBound <= range.upperBound,
        "what is verified lies within the bytes"
      )
      try verifyBlocks(section.blocks(of: part), ofSection: index)
    }
    let start = section.offset + range.lowerBound
    return withContent(in: start..<start + range.count, body)
  }

  /// Checks every byte of the file, and the rules for identifiers.
  ///
  /// - Throws: ``SegmentError`` for the first damage. Complexity: reads the whole file; memory grows
  ///   with the number of rows.
  public func verify() throws(SegmentError) {
    var end = SegmentLayout.headerSize
    for (index, section) in sections.enumerated() {
      try verifyPadding(end..<section.offset)
      try verifyBlocks(0..<section.checksums.count, ofSection: index, again: true)
      end = section.end
    }
    try verifyPadding(end..<tables.lowerBound)
    try verifyRows()
  }

  // MARK: Opening

  private static func header(of file: MappedFile, path: String) throws(SegmentError)
    -> SegmentHeader
  {
    guard file.count >= SegmentLayout.headerSize else {
      let start = file.bytes(in: 0..<min(file.count, SegmentLayout.magic.count))
      guard start == SegmentLayout.magic else { throw .foreign(path: path) }
      throw .truncated(path: path, expected: SegmentLayout.headerSize, found: file.count)
    }
    let bytes = file.bytes(in: 0..<SegmentLayout.headerSize)
    let header = try SegmentHeader(decoding: bytes, path: path)
    guard file.count >= header.fileSize else {
      throw .truncated(path: path, expected: header.fileSize, found: file.count)
    }
    guard file.count == header.fileSize else {
      throw .corrupt(path: path, offset: header.fileSize, what: .padding)
    }
    guard header.tablesOffset >= SegmentLayout.headerSize,
      header.tablesOffset <= header.fileSize,
      header.tablesSize == header.fileSize - header.tablesOffset
    else { throw .corrupt(path: path, offset: 0, what: .header) }
    return header
  }

  private static func opened(
    _ header: SegmentHeader,
    _ sections: [SegmentSection],
    of file: MappedFile,
    tables: [UInt8],
    _ key: (any ContentKey)?,
    path: String
  ) throws(SegmentError) -> OpenedBlocks? {
    guard let seal = header.seal, let key else { return nil }
    return try OpenedBlocks(
      seal,
      header: file.bytes(in: 0..<SegmentLayout.headerSize),
      tables: tables,
      blockCount: sections.reduce(0) { $0 + $1.checksums.count },
      end: header.tablesOffset,
      key: key,
      path: path
    )
  }

  private static func check(
    _ found: SegmentIdentity,
    expected: SegmentIdentity,
    path: String
  ) throws(SegmentError) {
    guard found.kind == expected.kind else {
      throw .wrongKind(path: path, expected: expected.kind, found: found.kind)
    }
    guard found.engine == expected.engine else {
      throw .wrongEngine(path: path, expected: expected.engine, found: found.engine)
    }
    guard found.parameters == expected.parameters else {
      throw .wrongParameters(path: path, expected: expected.parameters, found: found.parameters)
    }
  }

  // MARK: Verifying

  private func verifyBlocks(
    _ blocks: Range<Int>,
    ofSection index: Int,
    again: Bool = false
  ) throws(SegmentError) {
    let section = sections[index]
    for block in blocks {
      if !again, verified.withLock({ $0[index][block] }) { continue }
      let range = section.range(ofBlock: block)
      let checksum = file.withBytes(in: range) { bytes in
        var sum = CRC32C()
        sum.update(bytes)
        return sum.value
      }
      guard checksum == section.checksums[block] else {
        throw .corrupt(path: path, offset: range.lowerBound, what: .block(block, of: section.label))
      }
      try openBlock(block, of: section, again: again)
      verified.withLock { $0[index][block] = true }
    }
  }

  /// Opens a block of a sealed segment.
  private func openBlock(
    _ block: Int,
    of section: SegmentSection,
    again: Bool
  ) throws(SegmentError) {
    guard let opened else { return }
    let range = section.range(ofBlock: block)
    let failure: SealingError? = file.withBytes(in: range) { bytes in
      do throws(SealingError) {
        try opened.open(
          bytes,
          tag: section.tag(ofBlock: block),
          number: section.firstBlock + block,
          range: range,
          authenticating: SegmentSeal.authenticated(block: block, of: section.label),
          again: again
        )
        return nil
      } catch {
        return error
      }
    }
    if let failure {
      throw SegmentError(
        failure,
        path: path,
        offset: range.lowerBound,
        what: .block(block, of: section.label)
      )
    }
  }

  private func verifyPadding(_ range: Range<Int>) throws(SegmentError) {
    guard let index = file.bytes(in: range).firstIndex(where: { $0 != 0 }) else { return }
    throw .corrupt(path: path, offset: range.lowerBound + index, what: .padding)
  }
}
