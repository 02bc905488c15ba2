import Synchronization

/// Whether a load may still write what it has read: not once somebody was erased, or the key is another.
///
/// A load reads records while the gallery changes, and saves what it has from time to time.
final class LoadPermit: Sendable {
  /// The load is to begin anew.
  struct Revoked: Error {}

  private let isValid = Mutex(true)

  /// Runs `body`, which writes.
  ///
  /// - Throws: ``Revoked``, and what `body` throws.
  func write<Result: Sendable>(_ body: () throws -> Result) throws -> Result {
    try isValid.withLock { isValid in
      guard isValid else { throw Revoked() }
      return try body()
    }
  }

  /// Ends the permission, when nothing is being written.
  func revoke() { isValid.withLock { $0 = false } }
}
