import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite("Whole files")
struct FileBytesTests {
  @Test("what is written is read back, and replaces an older file")
  func roundTrip() throws {
    try withDirectory { directory in
      let path = directory + "/file"
      for bytes: [UInt8] in [[], [0, 1, 255], [UInt8](repeating: 7, count: 200_000)] {
        try FileBytes.write(bytes, to: path)
        #expect(try FileBytes.read(path) == bytes)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["file"])
    }
  }

  @Test("a file that need not be durable is replaced all the same, and not synchronised")
  func notDurable() throws {
    try withDirectory { directory in
      let path = directory + "/file"
      try FileBytes.write([1], to: path)
      let events = try ForgetfulDisk.events {
        try FileBytes.write([2, 3], to: path, durably: false)
      }
      #expect(try FileBytes.read(path) == [2, 3])
      #expect(!events.contains { if case .synchronise = $0 { true } else { false } })
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["file"])
    }
  }

  @Test("a link stays a link: what it names is replaced")
  func link() throws {
    try withDirectory { directory in
      try FileBytes.write([1], to: directory + "/target")
      try FileManager.default.createSymbolicLink(
        atPath: directory + "/link",
        withDestinationPath: "target"
      )
      try FileBytes.write([2], to: directory + "/link")
      #expect(try FileBytes.read(directory + "/target") == [2])
      let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/link")
      #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
    }
  }

  @Test("a file that is replaced keeps its mode", arguments: [0o600, 0o640, 0o664])
  func mode(mode: Int) throws {
    try withDirectory { directory in
      let path = directory + "/file"
      try FileBytes.write([1], to: path)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      try FileBytes.write([2], to: path)
      #expect(try FileBytes.read(path) == [2])
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == mode)
    }
  }

  @Test("a directory that cannot be made durable is an error before anything is replaced")
  func unreadableDirectory() async throws {
    try await #require(processExitsWith: .success) {
      // The superuser may read everything.
      if geteuid() == 0, setuid(65_534) != 0 { exit(4) }
      let directory = FileManager.default.temporaryDirectory
        .appending(path: "biomatch-\(UUID().uuidString)").path(percentEncoded: false)
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: directory) }
      let path = directory + "/file"
      try FileBytes.write([1], to: path)
      guard chmod(directory, 0o300) == 0 else { exit(3) }
      defer { chmod(directory, 0o700) }
      do {
        try FileBytes.write([2], to: path)
        exit(1)
      } catch FileError.notPermitted(path, .open) {
      }
      guard try FileBytes.read(path) == [1] else { exit(2) }
    }
  }

  @Test("a device is written to, not replaced")
  func device() throws {
    try FileBytes.write([1, 2, 3], to: "/dev/null")
    let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test("what cannot be created is an error that names the path, and leaves nothing behind")
  func cannotCreate() throws {
    try withDirectory { directory in
      for path in [directory, directory + "/missing/file"] {
        let error = #expect(throws: FileError.self) {
          try FileBytes.write([1], to: path)
        }
        #expect(error?.category == .cannotCreate)
        #expect(error?.location.file == path)
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: directory)
      #expect(left.isEmpty)
    }
  }

  @Test("missing, oversized and unreadable inputs are told apart")
  func reading() throws {
    try withDirectory { directory in
      #expect(throws: FileError.notFound(path: directory + "/x")) {
        try FileBytes.read(directory + "/x")
      }
      #expect(throws: FileError.notAFile(path: directory)) { try FileBytes.read(directory) }
      try FileBytes.write([1, 2, 3], to: directory + "/three")
      #expect(throws: FileError.tooLarge(path: directory + "/three", limit: 2)) {
        try FileBytes.read(directory + "/three", limit: 2)
      }
      #expect(try FileBytes.read(directory + "/three", limit: 3).count == 3)
      #expect(try FileBytes.read(directory + "/three", limit: .max).count == 3)
    }
  }

  private func withDirectory(_ body: (String) throws -> Void) throws {
    let directory = try TemporaryDirectory()
    try body(directory.path)
  }
}
