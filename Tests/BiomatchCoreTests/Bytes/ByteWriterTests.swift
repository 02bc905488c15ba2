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

  @Test("overwrites in place")
  func overwriting() {
    var writer = ByteWriter()
    writer.writeZeros(6)
    writer.overwriteUInt32(0xAABB_CCDD, at: 0)
    writer.overwriteUInt16(0x1122, at: 4, .little)
    writer.writeBytes([9, 9])
    #expect(writer.bytes == [0xAA, 0xBB, 0xCC, 0xDD, 0x22, 0x11, 9, 9])
    #expect(writer.count == 8)
  }
}
