import BiomatchCore
import BiomatchFingerprint
import Foundation
import TestVectors
import Testing

@Suite("Records in files")
struct FileDecodingTests {
  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let name = "biomatch-\(UUID().uuidString).fmr"
    let path = FileManager.default.temporaryDirectory.appending(path: name).path
    try FileBytes.write(bytes, to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test("a file is read and decoded")
  func decodes() throws {
    let golden = try #require(GoldenRecord.all.first)
    try withFile(golden.bytes()) { path in
      let decoded = try MinutiaeDecoder().decode(contentsOf: path)
      #expect(decoded.record == golden.record)
    }
  }

  @Test("a damaged record is told with the path of its file")
  func damaged() throws {
    try withFile(Array(GoldenRecord.bytes(of: .iso2005).dropLast())) { path in
      let error = #expect(throws: MinutiaeFormatError.self) {
        try MinutiaeDecoder().decode(contentsOf: path)
      }
      #expect(error?.location.file == path)
    }
  }

  @Test("a missing file and one beyond the limit are errors of the file")
  func unreadable() throws {
    #expect(throws: FileError.self) { try MinutiaeDecoder().decode(contentsOf: "/no/such/file") }
    try withFile([UInt8](repeating: 0, count: 100)) { path in
      #expect(throws: FileError.tooLarge(path: path, limit: 99)) {
        try MinutiaeDecoder().decode(contentsOf: path, limit: 99)
      }
    }
  }
}
