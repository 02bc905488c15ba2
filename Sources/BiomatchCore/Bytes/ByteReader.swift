/// Reads integers and runs of bytes one after another, and never beyond the end.
///
/// A read that does not fit throws and leaves the position where it was. Offsets, also those of a
/// sub-reader and of every error, count from the start of the outermost bytes, so that an error
/// names the place in the file.
///
/// ```swift
/// var reader = ByteReader([0x46, 0x4D, 0x52, 0x00, 0x00, 0x18])
/// let magic = try reader.readUInt32()  // 0x464D_5200
/// let count = try reader.readUInt16(.little)  // 0x1800
/// reader.remaining  // 0
/// ```
///
/// Copies are cheap, they share the bytes: a copy is a bookmark to come back to.
public struct ByteReader: Sendable {
  private let bytes: [UInt8]
  /// Offset of the first byte of this reader.
  public let start: Int
  /// Offset just after the last byte of this reader.
  public let end: Int
  /// Offset of the next byte to be read, in `start...end`.
  public private(set) var offset: Int

  /// A reader over all of `bytes`.
  public init(_ bytes: [UInt8]) {
    self.init(bytes: bytes, start: 0, end: bytes.count)
  }

  private init(bytes: [UInt8], start: Int, end: Int) {
    self.bytes = bytes
    self.start = start
    self.end = end
    self.offset = start
  }

  /// How many bytes are left.
  public var remaining: Int { end - offset }

  /// Whether every byte has been read.
  public var isAtEnd: Bool { offset == end }

  /// The next byte, which stays unread; `nil` at the end.
  public var nextByte: UInt8? { isAtEnd ? nil : bytes[offset] }

  // MARK: Reading

  /// Reads one byte.
  public mutating func readUInt8() throws(ByteReaderError) -> UInt8 {
    try require(1)
    defer { offset += 1 }
    return bytes[offset]
  }

  /// Reads an unsigned integer of two bytes.
  public mutating func readUInt16(_ order: ByteOrder = .big) throws(ByteReaderError) -> UInt16 {
    UInt16(truncatingIfNeeded: try readInteger(size: 2, order))
  }

  /// Reads an unsigned integer of four bytes.
  public mutating func readUInt32(_ order: ByteOrder = .big) throws(ByteReaderError) -> UInt32 {
    UInt32(truncatingIfNeeded: try readInteger(size: 4, order))
  }

  /// Reads an unsigned integer of eight bytes.
  public mutating func readUInt64(_ order: ByteOrder = .big) throws(ByteReaderError) -> UInt64 {
    try readInteger(size: 8, order)
  }

  /// Reads the next `count` bytes; a negative count is a programmer error.
  public mutating func readBytes(_ count: Int) throws(ByteReaderError) -> ArraySlice<UInt8> {
    try require(count)
    defer { offset += count }
    return bytes[offset..<offset + count]
  }

  /// Splits off a reader over the next `count` bytes, which this one then has behind it.
  ///
  /// Use it for a block that states its own length: what is read inside cannot leave the block.
  public mutating func readSubReader(_ count: Int) throws(ByteReaderError) -> ByteReader {
    try require(count)
    defer { offset += count }
    return ByteReader(bytes: bytes, start: offset, end: offset + count)
  }

  // MARK: Moving

  /// Passes over the next `count` bytes; a negative count is a programmer error.
  public mutating func skip(_ count: Int) throws(ByteReaderError) {
    try require(count)
    offset += count
  }

  // MARK: Helpers

  private func require(_ count: Int) throws(ByteReaderError) {
    precondition(count >= 0, "a count of bytes is never negative")
    guard count <= remaining else {
      throw .truncated(offset: offset, needed: count, available: remaining)
    }
  }

  private mutating func readInteger(
    size: Int,
    _ order: ByteOrder
  ) throws(ByteReaderError) -> UInt64 {
    try require(size)
    var value: UInt64 = 0
    switch order {
    case .big:
      for index in offset..<offset + size { value = value << 8 | UInt64(bytes[index]) }
    case .little:
      for index in (offset..<offset + size).reversed() { value = value << 8 | UInt64(bytes[index]) }
    }
    offset += size
    return value
  }
}
