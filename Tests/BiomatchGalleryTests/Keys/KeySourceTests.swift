import BiomatchCrypto
import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchGallery

@Suite("Sources of the master key")
struct KeySourceTests {
  private let bytes = [UInt8](0..<32)

  private func load(_ source: KeySource) throws -> [UInt8] {
    try source.load().withBytes { span in
      (0..<span.byteCount).map { span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
    }
  }

  private func write(_ content: [UInt8], _ directory: borrowing TemporaryDirectory, mode: Int)
    throws -> String
  {
    let path = directory.file("key")
    try Data(content).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  @Test("A key file is new, its owner's alone, and gives the same key each time")
  func made() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("key")
    try KeySource.makeKeyFile(at: path)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try load(.file(path)) == load(.file(path)))
    #expect(try load(.file(path)).count == 32)
    #expect(throws: FileError.self) { try KeySource.makeKeyFile(at: path) }
  }

  @Test("A key may be raw, in base64 or in hexadecimal digits, with white space around it")
  func forms() throws {
    let hexadecimal = bytes.map { String(format: "%02X", $0) }.joined()
    let texts = [
      bytes, Array(Data(bytes).base64EncodedString().utf8), Array(hexadecimal.utf8),
      Array(" \(hexadecimal.lowercased())\r\n".utf8),
    ]
    for text in texts {
      let directory = try TemporaryDirectory()
      #expect(try load(.file(write(text, directory, mode: 0o600))) == bytes)
    }
  }

  @Test("A file that others may read or write is refused", arguments: [0o640, 0o604, 0o620, 0o666])
  func modes(mode: Int) throws {
    let directory = try TemporaryDirectory()
    let path = try write(bytes, directory, mode: mode)
    #expect(throws: FileError.notPrivate(path: path, mode: mode)) { try load(.file(path)) }
  }

  @Test("A directory, a missing file and a file of something else are no keys")
  func others() throws {
    let directory = try TemporaryDirectory()
    #expect(throws: FileError.self) { try load(.file(directory.path)) }
    #expect(throws: FileError.notFound(path: directory.file("none"))) {
      try load(.file(directory.file("none")))
    }
    let path = try write(Array("password".utf8), directory, mode: 0o600)
    #expect(throws: KeySourceError.form(source: "file \(path)")) { try load(.file(path)) }
    let long = try write([UInt8](repeating: 65, count: 5000), directory, mode: 0o600)
    #expect(throws: FileError.self) { try load(.file(long)) }
  }

  @Test("A command prints the key; its failure is told, never what it printed")
  func commands() throws {
    let text = Data(bytes).base64EncodedString()
    #expect(try load(.command(["printf", "%s\\n", text])) == bytes)
    #expect(throws: KeySourceError.command("false", finding: "it ended with status 1")) {
      try load(.command(["false"]))
    }
    #expect(throws: KeySourceError.self) { try load(.command(["no-such-program-anywhere"])) }
    #expect(throws: KeySourceError.self) { try load(.command([])) }
    #expect(throws: KeySourceError.form(source: "command printf")) {
      try load(.command(["printf", "secret"]))
    }
  }

  @Test("A variable holds the key")
  func variables() throws {
    let name = "BIOMATCH_TEST_KEY_\(UUID().uuidString.prefix(8))"
    #expect(throws: KeySourceError.variable(name)) { try load(.environment(name)) }
    setenv(name, Data(bytes).base64EncodedString(), 1)
    defer { unsetenv(name) }
    #expect(try load(.environment(name)) == bytes)
  }
}
