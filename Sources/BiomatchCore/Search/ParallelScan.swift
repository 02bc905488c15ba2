/// Spreads the parts of a scan over threads, which take the next part whenever they are done with one.
///
/// Which thread works on which part, and when, differs from run to run: a part may only change what
/// does not depend on it, a worker's own buffers or a bounded list such as ``TopK``. There is one scan
/// in two forms: `runBlocking` works on threads of its own and on the caller's, `run` on tasks, which
/// give way to other tasks between parts. A part should take about a millisecond.
///
/// ```swift
/// let scan = ParallelScan(partCount: chunks.count, threads: 2)
/// let isComplete = try scan.runBlocking(worker: { Buffers() }) { chunk, buffers in
///   compare(chunks[chunk], buffers)
/// }
/// ```
public struct ParallelScan: Sendable {
  /// How many parts there are; they are numbered from zero and begun in that order.
  public let partCount: Int
  /// How many threads or tasks work at a time.
  public let threads: Int
  /// No part is begun after this moment.
  public let deadline: ContinuousClock.Instant?

  /// A scan of so many parts.
  ///
  /// - Parameters:
  ///   - threads: how many work at a time, at least one; all processors unless told.
  ///   - deadline: no part is begun after it, none for `nil`.
  public init(
    partCount: Int,
    threads: Int = Self.processorCount,
    deadline: ContinuousClock.Instant? = nil
  ) {
    precondition(partCount >= 0, "a scan has no fewer than no parts")
    precondition(threads > 0, "a scan needs a thread")
    self.partCount = partCount
    self.threads = threads
    self.deadline = deadline
  }

  /// Scans on as many threads, of which the caller's is one, and returns when all are done.
  ///
  /// - Parameters:
  ///   - worker: makes what one thread keeps from part to part.
  ///   - part: scans the part of that number.
  /// - Returns: whether every part was scanned; otherwise the deadline came first.
  /// - Throws: what `part` throws; of several errors that of the lowest part.
  public func runBlocking<Worker, Failure: Error>(
    worker: @escaping @Sendable () -> Worker,
    part: @escaping @Sendable (Int, inout Worker) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    let progress = ScanProgress<Failure>(self)
    @Sendable func work() {
      var worker = worker()
      while let index = progress.next() { progress.scan(index, &worker, part) }
    }
    let helpers = (1..<max(1, min(threads, partCount))).compactMap { _ in ScanThread(work) }
    work()
    for helper in helpers { helper.join() }
    return try progress.outcome()
  }

  /// Scans on as many child tasks.
  ///
  /// - Parameters:
  ///   - worker: makes what one task keeps from part to part.
  ///   - part: scans the part of that number; it must not wait for anything.
  /// - Returns: whether every part was scanned; otherwise the deadline came first.
  /// - Throws: `CancellationError` once the task is cancelled, or what `part` throws; of several errors
  ///   that of the lowest part.
  public func run<Worker, Failure: Error>(
    worker: @escaping @Sendable () -> Worker,
    part: @escaping @Sendable (Int, inout Worker) throws(Failure) -> Void
  ) async throws -> Bool {
    let progress = ScanProgress<Failure>(self)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<min(threads, partCount) {
        group.addTask {
          var worker = worker()
          while !Task.isCancelled, let index = progress.next() {
            progress.scan(index, &worker, part)
            await Task.yield()
          }
        }
      }
    }
    try Task.checkCancellation()
    return try progress.outcome()
  }
}
