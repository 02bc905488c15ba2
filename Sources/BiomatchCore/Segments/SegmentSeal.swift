/// What the header of a sealed segment has besides that of others.
struct SegmentSeal {
  /// How `docs/formats/segment.md` seals blocks.
  static let method: UInt8 = 1
  /// Where the header has the tag, behind the salt.
  static let tagRange = 184..<200

  /// Makes the key of this segment alone out of the key of its index.
  var salt: [UInt8]
  /// The tag over header and tables, which hold the tags of all blocks.
  var tag = [UInt8](repeating: 0, count: SealingLayout.tagSize)

  /// What the tag is over: the header up to its checksum, with zeros for the tag, and the tables.
  static func authenticated(header: [UInt8], tables: [UInt8]) -> [UInt8] {
    var bytes = Array(header.prefix(SegmentLayout.headerChecksumOffset))
    bytes.replaceSubrange(tagRange, with: repeatElement(0, count: tagRange.count))
    return bytes + tables
  }

  /// What binds a block to its place within the segment.
  static func authenticated(block: Int, of label: SegmentLabel) -> [UInt8] {
    var writer = ByteWriter(capacity: SegmentLabel.maximumByteCount + 8)
    writer.writeBytes(label.field)
    writer.writeUInt64(UInt64(block), .little)
    return writer.bytes
  }
}

extension SegmentError {
  init(_ error: SealingError, path: String, offset: Int, what: SegmentPart) {
    switch error {
    case .notAuthentic: self = .notAuthentic(path: path, offset: offset, what: what)
    case .failed(let reason): self = .sealing(path: path, reason: reason)
    }
  }
}
