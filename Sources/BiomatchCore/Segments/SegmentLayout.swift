/// The numbers of the segment format; `docs/formats/segment.md` is its specification.
enum SegmentLayout {
  static let version: UInt32 = 1
  /// A byte with the high bit set and both line breaks show a file that went through a text transfer.
  static let magic: [UInt8] = [0x89, 0x42, 0x4D, 0x53, 0x45, 0x47, 0x0D, 0x0A]
  /// Header, sections and tables start at multiples of this.
  static let alignment = 4096
  static let headerSize = 4096
  static let headerChecksumOffset = headerSize - 4
  static let sectionEntrySize = 64
  static let blockEntrySize = 32
  static let digestFieldSize = 32
  static let maximumSectionCount = 1024

  static func isBlockSize(_ size: Int) -> Bool {
    (1 << 12...1 << 24).contains(size) && size.isMultiple(of: alignment)
  }

  static func align(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }
}

/// The first page of a segment.
struct SegmentHeader {
  var identity: SegmentIdentity
  var fileSize: Int
  var generation: UInt64
  var rowCount: Int
  var tablesOffset: Int
  var tablesSize: Int
  var sectionCount: Int
  var tablesChecksum: UInt32
  /// How the blocks are sealed; `nil` for not at all.
  var seal: SegmentSeal?
  /// The page's own checksum, once it was read.
  private(set) var checksum: UInt32 = 0

  /// The bytes of the page.
  var encoded: [UInt8] {
    var writer = ByteWriter(capacity: SegmentLayout.headerSize)
    writer.writeBytes(SegmentLayout.magic)
    writer.writeUInt32(SegmentLayout.version, .little)
    writer.writeUInt32(UInt32(SegmentLayout.headerSize), .little)
    writer.writeUInt64(UInt64(fileSize), .little)
    writer.writeUInt64(generation, .little)
    writer.writeUInt64(UInt64(rowCount), .little)
    writer.writeUInt64(UInt64(tablesOffset), .little)
    writer.writeUInt64(UInt64(tablesSize), .little)
    writer.writeUInt32(UInt32(sectionCount), .little)
    writer.writeUInt32(tablesChecksum, .little)
    writer.writeBytes(identity.kind.field)
    writer.writeBytes(identity.engine.field)
    writer.writeUInt8(UInt8(identity.parameters.bytes.count))
    writer.writeUInt8(seal == nil ? 0 : SegmentSeal.method)
    writer.writeZeros(6)
    writer.writeBytes(identity.parameters.bytes)
    writer.writeZeros(SegmentLayout.digestFieldSize - identity.parameters.bytes.count)
    if let seal {
      writer.writeBytes(seal.salt)
      writer.writeBytes(seal.tag)
    }
    writer.writeZeros(SegmentLayout.headerChecksumOffset - writer.count)
    writer.writeUInt32(CRC32C.checksum(of: writer.bytes), .little)
    return writer.bytes
  }

  /// Reads the page; what is wrong with it decides the error, in the order magic, version, checksum,
  /// so that a later version may lay out the rest as it likes.
  init(decoding bytes: [UInt8], path: String) throws(SegmentError) {
    guard bytes.starts(with: SegmentLayout.magic) else { throw .foreign(path: path) }
    let corrupt = SegmentError.corrupt(path: path, offset: 0, what: .header)
    do {
      var reader = ByteReader(bytes)
      try reader.skip(SegmentLayout.magic.count)
      let version = try reader.readUInt32(.little)
      guard version == SegmentLayout.version else {
        throw SegmentError.unsupportedVersion(path: path, found: version)
      }
      var checksum = ByteReader(bytes)
      let covered = try checksum.readBytes(SegmentLayout.headerChecksumOffset)
      let found = try checksum.readUInt32(.little)
      guard found == CRC32C.checksum(of: Array(covered)),
        try reader.readUInt32(.little) == SegmentLayout.headerSize
      else { throw corrupt }
      self = try Self(fields: &reader, path: path)
      self.checksum = found
    } catch let error as SegmentError {
      throw error
    } catch {
      throw corrupt
    }
  }

  private init(fields reader: inout ByteReader, path: String) throws {
    let corrupt = SegmentError.corrupt(path: path, offset: 0, what: .header)
    func integer(_ value: UInt64) throws -> Int {
      guard let integer = Int(exactly: value) else { throw corrupt }
      return integer
    }
    fileSize = try integer(reader.readUInt64(.little))
    generation = try reader.readUInt64(.little)
    rowCount = try integer(reader.readUInt64(.little))
    tablesOffset = try integer(reader.readUInt64(.little))
    tablesSize = try integer(reader.readUInt64(.little))
    sectionCount = Int(try reader.readUInt32(.little))
    tablesChecksum = try reader.readUInt32(.little)
    let kind = SegmentLabel(field: try reader.readBytes(SegmentLabel.maximumByteCount))
    let engine = SegmentLabel(field: try reader.readBytes(SegmentLabel.maximumByteCount))
    let digestSize = Int(try reader.readUInt8())
    let sealing = try reader.readUInt8()
    guard sealing <= SegmentSeal.method else {
      throw SegmentError.unsupportedSealing(path: path, found: sealing)
    }
    try reader.skip(6)
    let digestField = try reader.readBytes(SegmentLayout.digestFieldSize)
    guard sectionCount <= SegmentLayout.maximumSectionCount, let kind, let engine,
      let parameters = ParameterDigest(bytes: digestField.prefix(digestSize))
    else { throw corrupt }
    if sealing == SegmentSeal.method {
      seal = SegmentSeal(
        salt: Array(try reader.readBytes(SealingLayout.saltSize)),
        tag: Array(try reader.readBytes(SealingLayout.tagSize))
      )
    }
    identity = SegmentIdentity(kind: kind, engine: engine, parameters: parameters)
  }

  init(
    identity: SegmentIdentity,
    generation: UInt64,
    rowCount: Int,
    sectionCount: Int,
    tables: [UInt8],
    tablesOffset: Int,
    seal: SegmentSeal? = nil
  ) {
    self.seal = seal
    self.identity = identity
    self.generation = generation
    self.rowCount = rowCount
    self.sectionCount = sectionCount
    self.tablesOffset = tablesOffset
    tablesSize = tables.count
    tablesChecksum = CRC32C.checksum(of: tables)
    fileSize = tablesOffset + tables.count
  }
}
