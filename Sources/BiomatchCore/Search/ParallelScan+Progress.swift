import Synchronization

/// How far a scan has come; what its threads share.
final class ScanProgress<Failure: Error>: Sendable {
  private let partCount: Int
  private let deadline: ContinuousClock.Instant?
  private let begun = Atomic(0)
  private let finished = Atomic(0)
  private let failure = Mutex<(part: Int, error: Failure)?>(nil)
  private let hasFailed = Atomic(false)

  init(_ scan: ParallelScan) {
    partCount = scan.partCount
    deadline = scan.deadline
  }

  /// The next part to scan; `nil` when there is none, time is up or a part failed.
  func next() -> Int? {
    if hasFailed.load(ordering: .relaxed) { return nil }
    if let deadline, ContinuousClock.now >= deadline { return nil }
    let part = begun.wrappingAdd(1, ordering: .relaxed).oldValue
    return part < partCount ? part : nil
  }

  /// Scans a part and keeps its error, if it has one.
  func scan<Worker>(
    _ index: Int,
    _ worker: inout Worker,
    _ part: (Int, inout Worker) throws(Failure) -> Void
  ) {
    do throws(Failure) {
      try part(index, &worker)
      finished.wrappingAdd(1, ordering: .relaxed)
    } catch {
      failure.withLock { first in
        if first.map({ index < $0.part }) ?? true { first = (index, error) }
      }
      hasFailed.store(true, ordering: .relaxed)
    }
  }

  /// Whether everything was scanned, once all threads are done.
  func outcome() throws(Failure) -> Bool {
    if let error = failure.withLock({ $0?.error }) { throw error }
    return finished.load(ordering: .relaxed) == partCount
  }
}
