import Dispatch
import Synchronization

/// Work in tasks that a command waits for.
enum AsyncWork {
  /// What `body` returns or throws. Blocks the thread, which must not be one that runs tasks.
  static func result<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let answer = Answer<Value>()
    Task {
      do { answer.give(.success(try await body())) } catch { answer.give(.failure(error)) }
    }
    return try answer.wait().get()
  }

  private final class Answer<Value: Sendable>: Sendable {
    private let value = Mutex<Result<Value, any Error>?>(nil)
    private let isGiven = DispatchSemaphore(value: 0)

    func give(_ result: Result<Value, any Error>) {
      value.withLock { $0 = result }
      isGiven.signal()
    }

    func wait() -> Result<Value, any Error> {
      while true {
        isGiven.wait()
        if let value = value.withLock({ $0 }) { return value }
      }
    }
  }
}
