/// A named run of bytes in a ``Segment``.
public struct SegmentSection: Sendable, Hashable {
  /// Its name, which no other section of the segment has.
  public let label: SegmentLabel
  /// How many bytes it has.
  public let count: Int
  /// In blocks of how many bytes its checksums are kept.
  public let blockSize: Int

  package let offset: Int
  let checksums: [UInt32]
  /// The authentication tags of its blocks, one behind the other; none where it is not sealed.
  var tags: [UInt8] = []
  /// The number of its first block among those of the segment.
  var firstBlock = 0

  package var end: Int { offset + count }

  /// Where block `index` lies in the file.
  func range(ofBlock index: Int) -> Range<Int> {
    let start = index * blockSize
    return offset + start..<offset + min(start + blockSize, count)
  }

  /// The authentication tag of a sealed block.
  func tag(ofBlock index: Int) -> [UInt8] {
    Array(tags[index * SealingLayout.tagSize..<(index + 1) * SealingLayout.tagSize])
  }

  /// The blocks that the bytes of `range`, counted from the section's start, lie in.
  func blocks(of range: Range<Int>) -> Range<Int> {
    range.isEmpty ? 0..<0 : range.lowerBound / blockSize..<(range.upperBound - 1) / blockSize + 1
  }
}

extension SegmentSection {
  /// The tables of all sections: an entry each, then the entries of their blocks one after another.
  static func encodeTables(_ sections: [SegmentSection]) -> [UInt8] {
    var writer = ByteWriter()
    for section in sections {
      writer.writeBytes(section.label.field)
      writer.writeUInt64(UInt64(section.offset), .little)
      writer.writeUInt64(UInt64(section.count), .little)
      writer.writeUInt32(UInt32(section.blockSize), .little)
      writer.writeUInt32(UInt32(section.checksums.count), .little)
      writer.writeZeros(16)
    }
    for section in sections {
      for (block, checksum) in section.checksums.enumerated() {
        writer.writeUInt32(checksum, .little)
        writer.writeZeros(12)  // a nonce, which the block's number tells already
        if section.tags.isEmpty {
          writer.writeZeros(SealingLayout.tagSize)
        } else {
          writer.writeBytes(section.tag(ofBlock: block))
        }
      }
    }
    return writer.bytes
  }

  /// Reads the tables, whose checksum is right, and checks that the sections follow one another
  /// without overlap between the header and the tables.
  static func decodeTables(
    _ bytes: [UInt8],
    header: SegmentHeader,
    path: String
  ) throws(SegmentError) -> [SegmentSection] {
    let corrupt = SegmentError.corrupt(path: path, offset: header.tablesOffset, what: .tables)
    do {
      var reader = ByteReader(bytes)
      var entries = try reader.readSubReader(header.sectionCount * SegmentLayout.sectionEntrySize)
      var sections: [SegmentSection] = []
      var labels: Set<SegmentLabel> = []
      var end = SegmentLayout.headerSize
      var firstBlock = 0
      while !entries.isAtEnd {
        let entry = try SegmentSection(
          entry: &entries,
          blocks: &reader,
          isSealed: header.seal != nil
        )
        guard var section = entry, section.offset == SegmentLayout.align(end),
          section.count <= header.tablesOffset - section.offset,
          labels.insert(section.label).inserted
        else { throw corrupt }
        section.firstBlock = firstBlock
        firstBlock += section.checksums.count
        end = section.end
        sections.append(section)
      }
      guard reader.isAtEnd, header.tablesOffset == SegmentLayout.align(end) else { throw corrupt }
      return sections
    } catch {
      throw corrupt
    }
  }

  private init?(
    entry: inout ByteReader,
    blocks: inout ByteReader,
    isSealed: Bool
  ) throws(ByteReaderError) {
    let label = SegmentLabel(field: try entry.readBytes(SegmentLabel.maximumByteCount))
    let offset = Int(exactly: try entry.readUInt64(.little))
    let count = Int(exactly: try entry.readUInt64(.little))
    let blockSize = Int(try entry.readUInt32(.little))
    let blockCount = Int(try entry.readUInt32(.little))
    try entry.skip(16)
    guard let label, let offset, let count, SegmentLayout.isBlockSize(blockSize),
      blockCount == count / blockSize + (count.isMultiple(of: blockSize) ? 0 : 1)
    else { return nil }
    var reader = try blocks.readSubReader(blockCount * SegmentLayout.blockEntrySize)
    var checksums: [UInt32] = []
    var tags: [UInt8] = []
    while !reader.isAtEnd {
      checksums.append(try reader.readUInt32(.little))
      try reader.skip(12)
      let tag = try reader.readBytes(SealingLayout.tagSize)
      if isSealed { tags += tag }
    }
    self.init(
      label: label,
      count: count,
      blockSize: blockSize,
      offset: offset,
      checksums: checksums,
      tags: tags
    )
  }
}
