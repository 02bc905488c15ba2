import BiomatchCore
import Synchronization
import Testing

private struct Failure: Error, Hashable { let part: Int }

/// Counts how often each part was scanned. Atomics, because the thread sanitizer does not see the slow
/// path of a contended `Mutex`.
private struct Tally: Sendable {
  private final class Count: Sendable {
    let value = Atomic(0)
  }

  private let counts: [Count]

  init(_ count: Int) { counts = (0..<count).map { _ in Count() } }

  var all: [Int] { counts.map { $0.value.load(ordering: .relaxed) } }

  func add(_ part: Int) { counts[part].value.wrappingAdd(1, ordering: .relaxed) }
}

@Suite("Parallel scan")
struct ParallelScanTests {
  @Test("every part is scanned once", arguments: [0, 1, 2, 7, 100], [1, 2, 3, 8])
  func once(parts: Int, threads: Int) async throws {
    let scan = ParallelScan(partCount: parts, threads: threads)
    for isBlocking in [true, false] {
      let tally = Tally(parts)
      let isComplete =
        isBlocking
        ? scan.runBlocking(worker: {}) { part, _ in tally.add(part) }
        : try await scan.run(worker: {}) { part, _ in tally.add(part) }
      #expect(isComplete)
      #expect(tally.all == Array(repeating: 1, count: parts))
    }
  }

  @Test(
    "a worker is kept from part to part, and there are no more than threads",
    arguments: [1, 3]
  )
  func workers(threads: Int) async throws {
    let scan = ParallelScan(partCount: 50, threads: threads)
    for isBlocking in [true, false] {
      let made = Tally(1)
      let scanned = Tally(50)
      let worker: @Sendable () -> [Int] = {
        made.add(0)
        return []
      }
      let part: @Sendable (Int, inout [Int]) -> Void = { part, seen in
        // Parts are begun in order.
        if let last = seen.last { #expect(last < part) }
        seen.append(part)
        scanned.add(part)
      }
      _ =
        isBlocking
        ? scan.runBlocking(worker: worker, part: part)
        : try await scan.run(worker: worker, part: part)
      #expect((1...threads).contains(made.all[0]))
      #expect(scanned.all.allSatisfy { $0 == 1 })
    }
  }

  @Test("the error of the lowest part is thrown, and no part begins after it")
  func errors() async throws {
    let tally = Tally(1000)
    let part: @Sendable (Int, inout Void) throws(Failure) -> Void = { part, _ throws(Failure) in
      tally.add(part)
      if part >= 20 { throw Failure(part: part) }
    }
    let single = ParallelScan(partCount: 1000, threads: 1)
    #expect(throws: Failure(part: 20)) { try single.runBlocking(worker: {}, part: part) }
    #expect(tally.all.reduce(0, +) == 21)
    await #expect(throws: Failure(part: 20)) { try await single.run(worker: {}, part: part) }
    let both = ParallelScan(partCount: 1000, threads: 4)
    #expect(throws: Failure(part: 20)) { try both.runBlocking(worker: {}, part: part) }
    await #expect(throws: Failure(part: 20)) { try await both.run(worker: {}, part: part) }
  }

  @Test("no part begins after the deadline")
  func deadline() async throws {
    let past = ParallelScan(partCount: 5, threads: 2, deadline: .now - .seconds(1))
    #expect(!past.runBlocking(worker: {}) { _, _ in Issue.record("begun") })
    #expect(try await !past.run(worker: {}) { _, _ in Issue.record("begun") })
    let future = ParallelScan(partCount: 5, threads: 2, deadline: .now + .seconds(3600))
    #expect(future.runBlocking(worker: {}) { _, _ in })
  }

  @Test("a cancelled scan throws and stops")
  func cancellation() async {
    let scan = ParallelScan(partCount: 1_000_000, threads: 2)
    let tally = Tally(1)
    let task = Task {
      try await scan.run(worker: {}) { _, _ in
        tally.add(0)
        withUnsafeCurrentTask { $0?.cancel() }
      }
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(tally.all[0] <= 2)
  }
}
