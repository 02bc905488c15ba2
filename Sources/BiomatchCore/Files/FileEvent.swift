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

  /// Who is told of every change that the current task makes, in order; nobody in production.
  @TaskLocal package static var observer: (@Sendable (FileEvent) -> Void)?

  /// Decides which changes fail, and how, in the current task; none do for this reason in production.
  @TaskLocal package static var failure: (@Sendable (FileEvent) -> FileError?)?

  /// Throws what the system would, where a change is to fail.
  @inline(__always)
  static func fail(_ event: @autoclosure () -> FileEvent) throws(FileError) {
    if let failure, let error = failure(event()) { throw error }
  }

  /// Tells the observer, if there is one.
  @inline(__always)
  static func report(_ event: @autoclosure () -> FileEvent) {
    if let observer { observer(event()) }
  }
}
