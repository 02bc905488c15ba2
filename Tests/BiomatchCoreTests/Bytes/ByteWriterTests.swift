import BiomatchCore
import Testing

@Suite("Byte writer")
struct ByteWriterTests {
  @Test("writes integers in both byte orders")
  func orders() {
    var writer = ByteWriter(capacity: 16)
    writer.writeUInt16(0x0102)
    writer.writeUInt16(0x0102, .little)
    writer.writeUInt32(0x0102_0304, .little)
    writer.writeUInt64(0x0102_0304_0506_0708)
    #expect(writer.bytes == [1, 2, 2, 1, 4, 3, 2, 1, 1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test("overwrites in place and pads to a boundary")
  func overwriting() {
    var writer = ByteWriter()
    writer.writeZeros(7)
    writer.overwriteUInt32(0xAABB_CCDD, at: 0)
    writer.overwriteUInt16(0x1122, at: 4, .little)
    writer.overwriteUInt8(0x33, at: 6)
    writer.writeBytes([9, 9])
    writer.align(to: 4)
    writer.align(to: 4)
    #expect(writer.bytes == [0xAA, 0xBB, 0xCC, 0xDD, 0x22, 0x11, 0x33, 9, 9, 0, 0, 0])
    #expect(writer.count == 12)
  }
}
