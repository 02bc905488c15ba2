import BiomatchTestSupport
import Testing

@testable import BiomatchCore

@Suite("Looking for bytes in a file")
struct FileSearchTests {
  private static let size = 3 << 20

  @Test(
    "a text is found wherever it lies, also across what is read at a time",
    arguments: [0, 1, (1 << 20) - 31, (1 << 20) - 1, 1 << 20, (2 << 20) - 7, size - 32]
  )
  func foundAnywhere(at offset: Int) throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("file")
    var random = SeededGenerator(seed: 7)
    let wanted = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    let other = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
    var bytes = (0..<Self.size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    bytes.replaceSubrange(offset..<offset + 32, with: wanted)
    try FileBytes.write(bytes, to: path)
    #expect(try FileBytes.file(path, containsAnyOf: [other, wanted]))
    #expect(try !FileBytes.file(path, containsAnyOf: [other]))
    // All but the last byte is not all.
    bytes[offset + 31] ^= 1
    try FileBytes.write(bytes, to: path)
    #expect(try !FileBytes.file(path, containsAnyOf: [other, wanted]))
  }

  @Test("a text that begins within a false start is found")
  func falseStart() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("file")
    try FileBytes.write([1, 1, 1, 2, 9], to: path)
    #expect(try FileBytes.file(path, containsAnyOf: [[1, 1, 2]]))
    #expect(try FileBytes.file(path, containsAnyOf: [[2, 9]]))
    #expect(try !FileBytes.file(path, containsAnyOf: [[2, 9, 0], [9, 1]]))
  }

  @Test("nothing is in a file that is missing or empty, nor is nothing found anywhere")
  func nothing() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("file")
    #expect(try !FileBytes.file(path, containsAnyOf: [[1, 2]]))
    try FileBytes.write([], to: path)
    #expect(try !FileBytes.file(path, containsAnyOf: [[1, 2]]))
    #expect(try !FileBytes.file(path, containsAnyOf: []))
  }
}
