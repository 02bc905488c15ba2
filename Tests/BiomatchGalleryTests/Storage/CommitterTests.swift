import BiomatchTestSupport
import Testing

@testable import BiomatchGallery

@Suite("Bringing changes to the writer")
struct CommitterTests {
  @Test(
    "What is done between groups begins when callers have their answers",
    .timeLimit(.minutes(1))
  )
  func afterwards() async throws {
    let (answers, answered) = AsyncStream.makeStream(of: Void.self)
    let committer = Committer { changes in
      changes.map { _ in .success(1) }
    } afterwards: { _ in
      // For ever, should the caller wait for this.
      for await _ in answers { break }
    }
    for _ in 0..<2 {
      #expect(await committer.submit([]).isEmpty)
      answered.yield()
      #expect(try await committer.exclusively { 7 } == 7)
      answered.yield()
    }
  }

  @Test("What is done between groups is told whether others wait")
  func others() async throws {
    let told = Told()
    let committer = Committer { _ in
      []
    } afterwards: {
      await told.add($0)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      let (gate, open) = AsyncStream.makeStream(of: Void.self)
      let (begun, begins) = AsyncStream.makeStream(of: Void.self)
      group.addTask {
        try await committer.exclusively {
          begins.finish()
          for await _ in gate {}
        }
      }
      for await _ in begun {}
      for _ in 0..<3 { group.addTask { try await committer.exclusively {} } }
      while await committer.waitingCount < 3 { await Task.yield() }
      open.finish()
      try await group.waitForAll()
    }
    try await committer.exclusively {}
    #expect(await told.all.prefix(4) == [true, true, true, false])
  }

  private actor Told {
    private(set) var all: [Bool] = []
    func add(_ othersWait: Bool) { all.append(othersWait) }
  }
}
