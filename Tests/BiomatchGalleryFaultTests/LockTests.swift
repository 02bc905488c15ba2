import BiomatchGallery
import GalleryFaults
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite("Locks on the databases of an open gallery")
struct LockTests {
  @Test(
    "No other process can take a database for its own, whatever was done in the gallery before",
    arguments: [true, false]
  )
  func kept(isSealed: Bool) async throws {
    let workplace = try Workplace()
    let (path, keyFile) = (workplace.file("gallery"), workplace.file("key"))
    let key = KeySource.file(keyFile)
    try KeySource.makeKeyFile(at: keyFile)
    let gallery = try await Gallery.create(at: path, sealing: isSealed ? .sealed(key) : .clear)
    for number in 0..<4 { try await gallery.enrol(try FaultPeople.person(number, version: 1)) }
    try await Self.expectLocked(path)
    _ = try await gallery.erase([0, 1].map { try FaultPeople.subject($0) })
    try await Self.expectLocked(path)
    try await gallery.compact()
    if isSealed { try await gallery.rotateKey(to: key) }
    #expect(try await gallery.verifyIntegrity().isIntact)
    try await gallery.backup(to: workplace.file("backup"))
    try await Self.expectLocked(path)
    try await gallery.close()
  }

  /// Asks in another process: a process does not see its own locks.
  ///
  /// Every connection holds a shared lock on a range of bytes of the file for as long as it is open
  /// ([locks of SQLite](https://www.sqlite.org/src/file/src/os.h)). Whoever can lock it alone is the last
  /// one, and may remove the log.
  private static func expectLocked(_ gallery: String) async throws {
    for name in ["gallery.sqlite", "keys.sqlite"] {
      let path = gallery + "/" + name
      guard access(path, F_OK) == 0 else { continue }
      let result = await #expect(processExitsWith: .success) { [path = path as String] in
        let file = open(path, O_RDWR)
        guard file >= 0 else { exit(2) }
        var wanted = flock()
        wanted.l_type = Int16(F_WRLCK)
        wanted.l_whence = Int16(SEEK_SET)
        wanted.l_start = 0x4000_0002
        wanted.l_len = 510
        guard fcntl(file, F_GETLK, &wanted) == 0 else { exit(3) }
        exit(wanted.l_type == Int16(F_UNLCK) ? 1 : 0)
      }
      _ = try #require(result, "\(name)")
    }
  }
}
