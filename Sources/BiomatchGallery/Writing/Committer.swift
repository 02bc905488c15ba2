/// Brings changes to the one writer, those that wait together in one transaction.
///
/// While a transaction is written others wait, and share the next one: many callers at once pay for few
/// writes to the device.
actor Committer {
  /// How many changes go into a transaction.
  static let groupSize = 1000

  private enum Entry {
    case changes([PreparedChange], CheckedContinuation<[Result<Int64, any Error>], Never>)
    case exclusive(@Sendable () async -> Void)
  }

  private let commit: @Sendable ([PreparedChange]) async -> [Result<Int64, any Error>]
  private let afterwards: @Sendable (_ othersWait: Bool) async -> Void
  private var waiting: [Entry] = []
  private var isRunning = false

  /// How many calls wait for those that are under way.
  var waitingCount: Int { waiting.count }

  /// - Parameters:
  ///   - commit: writes a group and tells for each change its generation, or why it was not written.
  ///   - afterwards: what is done between groups, when those who wanted the last one have their answers; it
  ///     is told whether others wait.
  init(
    commit: @escaping @Sendable ([PreparedChange]) async -> [Result<Int64, any Error>],
    afterwards: @escaping @Sendable (_ othersWait: Bool) async -> Void
  ) {
    self.commit = commit
    self.afterwards = afterwards
  }

  /// Writes changes in one transaction, others with them.
  func submit(_ changes: [PreparedChange]) async -> [Result<Int64, any Error>] {
    await withCheckedContinuation { continuation in
      enqueue(.changes(changes, continuation))
    }
  }

  /// Runs `body` while nothing else is written.
  func exclusively<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      enqueue(
        .exclusive {
          do { continuation.resume(returning: try await body()) } catch {
            continuation.resume(throwing: error)
          }
        }
      )
    }
  }

  private func enqueue(_ entry: Entry) {
    waiting.append(entry)
    guard !isRunning else { return }
    isRunning = true
    Task { await drain() }
  }

  private func drain() async {
    while !waiting.isEmpty {
      if case .exclusive(let body) = waiting[0] {
        waiting.removeFirst()
        await body()
      } else {
        await commitGroup()
      }
      await afterwards(!waiting.isEmpty)
    }
    isRunning = false
  }

  private func commitGroup() async {
    var group: [PreparedChange] = []
    var callers: [(Int, CheckedContinuation<[Result<Int64, any Error>], Never>)] = []
    while case .changes(let changes, let continuation)? = waiting.first,
      group.isEmpty || group.count + changes.count <= Self.groupSize
    {
      group += changes
      callers.append((changes.count, continuation))
      waiting.removeFirst()
    }
    var results = await commit(group)[...]
    for (count, continuation) in callers {
      continuation.resume(returning: Array(results.prefix(count)))
      results = results.dropFirst(count)
    }
  }
}
