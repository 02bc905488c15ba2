import Dispatch
import Foundation
import Synchronization

/// Spreads independent work over threads.
enum ParallelWork {
  /// The results for `0..<count` in order, whatever the number of threads.
  ///
  /// - Parameters:
  ///   - threads: how many to use; all processors for `nil`.
  ///   - chunk: how many items a thread takes at a time.
  ///   - finished: called after each chunk with its size, from any thread.
  /// - Throws: what `transform` throws, for the lowest of the chunks that it was tried on.
  static func map<Output: Sendable>(
    _ count: Int,
    threads: Int?,
    chunk: Int,
    finished: @Sendable (Int) -> Void = { _ in },
    _ transform: @Sendable (Range<Int>) throws -> [Output]
  ) throws -> [Output] {
    let chunks = (count + chunk - 1) / chunk
    let workers = min(chunks, threads ?? ProcessInfo.processInfo.activeProcessorCount)
    let next = Atomic(0)
    let results = Mutex([Result<[Output], any Error>](repeating: .success([]), count: chunks))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < chunks else { return }
        let range = index * chunk..<min(count, (index + 1) * chunk)
        let result = Result { try transform(range) }
        results.withLock { $0[index] = result }
        finished(range.count)
      }
    }
    return try results.withLock { try $0.flatMap { try $0.get() } }
  }
}
