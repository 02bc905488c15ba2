import BiomatchCore
import BiomatchTestSupport
import Foundation
import Synchronization
import Testing

private final class Flag: Sendable {
  let isSet = Atomic(false)
}

@Suite("Locks of directories")
struct DirectoryLockTests {
  @Test("a directory is locked once at a time")
  func exclusive() throws {
    let directory = try TemporaryDirectory()
    let first = try #require(try DirectoryLock(directory.path))
    let second = try DirectoryLock(directory.path)
    first.hold { #expect(second == nil) }
  }

  @Test("a lock that was given up is free, whatever processes are started meanwhile")
  func startedProcesses() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.path
    let isDone = Flag()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        while !isDone.isSet.load(ordering: .relaxed) {
          let process = Process()
          process.executableURL = URL(filePath: "/bin/sh")
          process.arguments = ["-c", ":"]
          try process.run()
          process.waitUntilExit()
        }
      }
      group.addTask {
        defer { isDone.isSet.store(true, ordering: .relaxed) }
        for _ in 0..<20_000 {
          guard let lock = try DirectoryLock(path) else {
            Issue.record("the lock is still held")
            return
          }
          lock.hold {}
        }
      }
      try await group.waitForAll()
    }
  }
}
