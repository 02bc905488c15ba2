#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import Synchronization

/// A change to files that the system has accepted, though it may not be on the device yet.
///
/// Whoever replays the changes of a piece of work knows what a loss of power would leave after each.
package enum FileEvent: Sendable, Hashable {
  /// A new, empty file.
  case create(path: String)
  /// Bytes added to the end of a file.
  case append(path: String, bytes: [UInt8])
  /// Bytes written in the place of others.
  case overwrite(path: String, offset: Int, bytes: [UInt8])
  /// Everything written to a file is on the device, or every name of a directory.
  case synchronise(path: String)
  /// A file has another name, in the place of what had that name.
  case rename(from: String, to: String)
  /// A file has lost its name.
  case remove(path: String)
  /// A new, empty directory.
  case createDirectory(path: String)

  /// Runs `body` with every change to files that it makes on this thread told to `observer`, in order,
  /// or failing as `failure` says. Nothing is watched in production.
  package static func watch<Result>(
    observer: (@Sendable (FileEvent) -> Void)? = nil,
    failure: (@Sendable (FileEvent) -> FileError?)? = nil,
    _ body: () throws -> Result
  ) rethrows -> Result {
    let thread = currentThread()
    let watch = FileWatch(observer: observer, failure: failure)
    let outer = watches.withLock { $0.updateValue(watch, forKey: thread) }
    watchCount.add(1, ordering: .sequentiallyConsistent)
    defer {
      watchCount.subtract(1, ordering: .sequentiallyConsistent)
      watches.withLock { $0[thread] = outer }
    }
    return try body()
  }

  /// Throws what the system would, where a change is to fail.
  @inline(__always)
  static func fail(_ event: @autoclosure () -> FileEvent) throws(FileError) {
    guard let watch = current, let error = watch.failure?(event()) else { return }
    throw error
  }

  /// Tells the observer, if there is one.
  @inline(__always)
  static func report(_ event: @autoclosure () -> FileEvent) {
    if let observer = current?.observer { observer(event()) }
  }

  private static var current: FileWatch? {
    guard watchCount.load(ordering: .relaxed) > 0 else { return nil }
    return watches.withLock { $0[currentThread()] }
  }

  private static func currentThread() -> UInt {
    #if canImport(Glibc)
      pthread_self()
    #else
      UInt(bitPattern: pthread_self())
    #endif
  }
}

/// What watches the changes that a thread makes.
private struct FileWatch: Sendable {
  let observer: (@Sendable (FileEvent) -> Void)?
  let failure: (@Sendable (FileEvent) -> FileError?)?
}

private let watches = Mutex<[UInt: FileWatch]>([:])
private let watchCount = Atomic<Int>(0)
