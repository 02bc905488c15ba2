import BiomatchCore
import BiomatchTestSupport
import Testing

@Suite("Byte reader")
struct ByteReaderTests {
  private let eight: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]

  @Test("reads integers in both byte orders")
  func integers() throws {
    var big = ByteReader(eight)
    #expect(try big.readUInt64() == 0x0102_0304_0506_0708)
    var little = ByteReader(eight)
    #expect(try little.readUInt64(.little) == 0x0807_0605_0403_0201)
    var mixed = ByteReader(eight)
    #expect(try mixed.readUInt8() == 1)
    #expect(try mixed.readUInt16() == 0x0203)
    #expect(try mixed.readUInt32(.little) == 0x0706_0504)
    #expect(mixed.remaining == 1)
    #expect(mixed.nextByte == 8)
    #expect(try mixed.readUInt8() == 8)
    #expect(mixed.isAtEnd)
    #expect(mixed.nextByte == nil)
  }

  @Test("a read that does not fit throws and moves nothing")
  func truncated() throws {
    var reader = ByteReader(eight)
    try reader.skip(5)
    #expect(throws: ByteReaderError.truncated(offset: 5, needed: 4, available: 3)) {
      try reader.readUInt32()
    }
    #expect(reader.offset == 5)
    #expect(try reader.readBytes(3) == [6, 7, 8])
    #expect(throws: ByteReaderError.truncated(offset: 8, needed: 1, available: 0)) {
      try reader.readUInt8()
    }
    #expect(throws: ByteReaderError.truncated(offset: 8, needed: .max, available: 0)) {
      try reader.skip(.max)
    }
  }

  @Test("a sub-reader stops at its own end and counts offsets from the file's start")
  func subReader() throws {
    var reader = ByteReader(eight)
    try reader.skip(2)
    var inner = try reader.readSubReader(3)
    #expect(reader.offset == 5)
    #expect(inner.offset == 2)
    #expect(try inner.readUInt16() == 0x0304)
    #expect(throws: ByteReaderError.truncated(offset: 4, needed: 2, available: 1)) {
      try inner.readUInt16()
    }
    let bookmark = inner
    try inner.skip(1)
    #expect(inner.isAtEnd)
    inner = bookmark
    #expect(try inner.readUInt8() == 5)
  }

  @Test("errors name place, rule and code")
  func description() {
    let error = ByteReaderError.truncated(offset: 5, needed: 4, available: 3)
    #expect(
      error.description
        == "byte 5: 4 more bytes are needed here, and only 3 are left; "
        + "check that the input is complete and of the expected format [bytes.truncated]"
    )
  }

  @Test("reads back what the writer wrote", arguments: UInt64(0)..<50)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var writer = ByteWriter()
    var expected: [(size: Int, value: UInt64, order: ByteOrder)] = []
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      let order: ByteOrder = Bool.random(using: &random) ? .big : .little
      let value = random.next()
      let size = [1, 2, 4, 8].randomElement(using: &random) ?? 1
      switch size {
      case 1: writer.writeUInt8(UInt8(truncatingIfNeeded: value))
      case 2: writer.writeUInt16(UInt16(truncatingIfNeeded: value), order)
      case 4: writer.writeUInt32(UInt32(truncatingIfNeeded: value), order)
      default: writer.writeUInt64(value, order)
      }
      expected.append((size, size == 8 ? value : value & (1 << (8 * UInt64(size)) - 1), order))
    }
    var reader = ByteReader(writer.bytes)
    for (index, item) in expected.enumerated() {
      let found: UInt64 =
        switch item.size {
        case 1: UInt64(try reader.readUInt8())
        case 2: UInt64(try reader.readUInt16(item.order))
        case 4: UInt64(try reader.readUInt32(item.order))
        default: try reader.readUInt64(item.order)
        }
      #expect(found == item.value, "seed \(seed), item \(index)")
    }
    #expect(reader.isAtEnd)
  }
}
