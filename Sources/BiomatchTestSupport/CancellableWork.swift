/// Runs work in a task of its own that the work itself can cancel, from any thread, so that a test needs
/// no luck to cancel it in time.
public func withCancellation<Result: Sendable>(
  _ work: @escaping @Sendable (_ cancel: @escaping @Sendable () -> Void) async throws -> Result
) async throws -> Result {
  let (tasks, hand) = AsyncStream.makeStream(of: Task<Result, any Error>.self)
  let task = Task {
    var iterator = tasks.makeAsyncIterator()
    let own = await iterator.next()
    return try await work { own?.cancel() }
  }
  hand.yield(task)
  return try await task.value
}
