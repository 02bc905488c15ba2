/// Writes a ``Segment``, section after section, which then appears at its path whole or not at all.
///
/// ```swift
/// var writer = try SegmentWriter(path: path, identity: identity, generation: 1)
/// try writer.writeRows(rows)
/// try writer.beginSection("arena")
/// for block in blocks { try writer.append(block) }
/// try writer.publish()
/// ```
///
/// Given up before ``publish()``, it leaves nothing behind. An older segment of that path stays as it
/// is until then, and for those who have it open also afterwards.
public struct SegmentWriter: ~Copyable {
  private let identity: SegmentIdentity
  private let generation: UInt64
  private var file: ReplacementFile
  private var rowCount = 0
  private var fileSize: Int
  private var sections: [SegmentSection] = []
  private var current: OpenSection?
  /// Seals blocks; `nil` where they are written as they are.
  private let sealer: (any SegmentSealer)?

  private struct OpenSection {
    let label: SegmentLabel
    let blockSize: Int
    let offset: Int
    var count = 0
    var checksums: [UInt32] = []
    var checksum = CRC32C()
    /// What is to be sealed: less than a block.
    var pending: [UInt8] = []
    var tags: [UInt8] = []

    mutating func endBlock() {
      checksums.append(checksum.value)
      checksum = CRC32C()
    }
  }

  /// Begins a segment that is to replace what is at `path`.
  ///
  /// - Parameter generation: the state of the gallery that the segment holds.
  /// - Throws: ``SegmentError/file(_:)``.
  public init(
    path: String,
    identity: SegmentIdentity,
    generation: UInt64
  ) throws(SegmentError) {
    try self.init(path: path, identity: identity, generation: generation, sealedBy: nil)
  }

  /// Begins a segment that is sealed by `key`, or not at all for `nil`.
  package init(
    path: String,
    identity: SegmentIdentity,
    generation: UInt64,
    sealedBy key: (any ContentKey)?
  ) throws(SegmentError) {
    let sealer: (any SegmentSealer)?
    do throws(SealingError) {
      sealer = try key?.makeSealer()
    } catch {
      throw SegmentError(error, path: path, offset: 0, what: .header)
    }
    let file: ReplacementFile
    do { file = try Self.create(path) } catch { throw .file(error) }
    self.identity = identity
    self.generation = generation
    self.sealer = sealer
    self.file = file
    fileSize = SegmentLayout.headerSize
  }

  /// Begins a section; what was begun before is complete.
  ///
  /// - Parameters:
  ///   - label: its name, new in this segment; `identifiers` and `tombstones` are taken.
  ///   - blockSize: in blocks of how many bytes checksums are kept and verified, a multiple of 4,096
  ///     from 4 KiB to 16 MiB. Small blocks suit random access, large ones scans.
  /// - Throws: ``SegmentError``, also for the section after the 1,024th.
  public mutating func beginSection(
    _ label: SegmentLabel,
    blockSize: Int = Self.standardBlockSize
  ) throws(SegmentError) {
    precondition(
      label != .identifiers && label != .tombstones,
      "the sections of the rows are written by writeRows"
    )
    precondition(
      SegmentLayout.isBlockSize(blockSize),
      "a block has 4 KiB to 16 MiB, in whole pages"
    )
    try begin(label, blockSize: blockSize)
  }

  /// The size of blocks unless told: 256 KiB.
  public static let standardBlockSize = 1 << 18

  /// Appends bytes to the section begun last.
  ///
  /// - Throws: ``SegmentError/file(_:)``.
  public mutating func append(_ bytes: [UInt8]) throws(SegmentError) {
    if let sealer, current != nil {
      current?.pending += bytes
      try seal(by: sealer, whole: true)
      return
    }
    guard var section = current else { preconditionFailure("bytes belong to a section") }
    current = nil
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let room = section.blockSize - section.count % section.blockSize
        let piece = rest.prefix(room)
        section.checksum.update(UnsafeRawBufferPointer(rebasing: piece))
        section.count += piece.count
        if piece.count == room { section.endBlock() }
        rest = rest.dropFirst(piece.count)
      }
    }
    try write(bytes)
    current = section
  }

  /// Writes the identifiers of all rows; segments without rows need none.
  ///
  /// - Throws: ``SegmentError``.
  public mutating func writeRows(_ rows: SegmentRows) throws(SegmentError) {
    precondition(rowCount == 0, "the rows are written once")
    if let reference = rows.firstDuplicate {
      throw .duplicateReference(path: file.path, reference: reference)
    }
    guard let encoded = rows.encodedIdentifiers else {
      throw .tooLarge(path: file.path, what: .section(.identifiers))
    }
    rowCount = rows.count
    try begin(.identifiers)
    try append(encoded)
    guard let tombstones = rows.encodedTombstones else { return }
    try begin(.tombstones)
    try append(tombstones)
  }

  /// Completes the segment and puts it at its path, durably: what was there before is replaced.
  ///
  /// - Throws: ``SegmentError/file(_:)``; the older segment is then as it was, unless only the last
  ///   step failed, which makes the new one's name durable.
  public consuming func publish() throws(SegmentError) {
    try endSection()
    try pad()
    let tables = SegmentSection.encodeTables(sections)
    var header = SegmentHeader(
      identity: identity,
      generation: generation,
      rowCount: rowCount,
      sectionCount: sections.count,
      tables: tables,
      tablesOffset: fileSize,
      seal: sealer.map { SegmentSeal(salt: $0.salt) }
    )
    do throws(SealingError) {
      let bytes = SegmentSeal.authenticated(header: header.encoded, tables: tables)
      if let tag = try sealer?.finish(authenticating: bytes) { header.seal?.tag = tag }
    } catch {
      throw SegmentError(error, path: file.path, offset: 0, what: .header)
    }
    try write(tables)
    do {
      try file.write(header.encoded, at: 0)
      try file.publish()
    } catch {
      throw .file(error)
    }
  }

  // MARK: Helpers

  private static func create(_ path: String) throws(FileError) -> ReplacementFile {
    let file = try ReplacementFile(replacing: path)
    // The header comes last: until then a file that a killed process left behind is no segment.
    try file.write(Array(repeating: 0, count: SegmentLayout.headerSize))
    return file
  }

  private mutating func begin(
    _ label: SegmentLabel,
    blockSize: Int = Self.standardBlockSize
  ) throws(SegmentError) {
    try endSection()
    precondition(!sections.contains { $0.label == label }, "a section is written once")
    guard sections.count < SegmentLayout.maximumSectionCount else {
      throw .tooLarge(path: file.path, what: .tables)
    }
    try pad()
    current = OpenSection(label: label, blockSize: blockSize, offset: fileSize)
  }

  private mutating func endSection() throws(SegmentError) {
    if let sealer, current != nil { try seal(by: sealer, whole: false) }
    guard var section = current else { return }
    current = nil
    if sealer == nil, !section.count.isMultiple(of: section.blockSize) { section.endBlock() }
    sections.append(
      SegmentSection(
        label: section.label,
        count: section.count,
        blockSize: section.blockSize,
        offset: section.offset,
        checksums: section.checksums,
        tags: section.tags
      )
    )
  }

  /// Seals and writes what waits for it.
  ///
  /// - Parameter isWhole: whether a last block that is not full waits for more.
  private mutating func seal(
    by sealer: any SegmentSealer,
    whole isWhole: Bool
  ) throws(SegmentError) {
    guard var section = current else { return }
    current = nil
    var rest = section.pending[...]
    while isWhole ? rest.count >= section.blockSize : !rest.isEmpty {
      var block = Array(rest.prefix(section.blockSize))
      rest = rest.dropFirst(block.count)
      let number = section.checksums.count
      do throws(SealingError) {
        section.tags += try sealer.seal(
          &block,
          authenticating: SegmentSeal.authenticated(block: number, of: section.label)
        )
      } catch {
        let part = SegmentPart.block(number, of: section.label)
        throw SegmentError(error, path: file.path, offset: fileSize, what: part)
      }
      section.count += block.count
      section.checksums.append(CRC32C.checksum(of: block))
      try write(block)
    }
    section.pending = Array(rest)
    current = section
  }

  private mutating func pad() throws(SegmentError) {
    try write(Array(repeating: 0, count: SegmentLayout.align(fileSize) - fileSize))
  }

  private mutating func write(_ bytes: [UInt8]) throws(SegmentError) {
    do { try file.write(bytes) } catch { throw .file(error) }
    fileSize += bytes.count
  }
}
