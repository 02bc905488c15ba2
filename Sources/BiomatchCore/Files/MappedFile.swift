/// A file mapped into memory for reading, for as long as the object lives.
///
/// Whoever shortens the file under the mapping takes its pages away, and the process with them: files
/// that are mapped are replaced by renaming, never truncated.
final class MappedFile: Sendable {
  // Safe to share: neither the pointer nor the bytes change before `deinit`.
  nonisolated(unsafe) private let mapping: UnsafeRawBufferPointer

  init(path: String) throws(FileError) {
    let file = try FileDescriptor.reading(path)
    let count = try file.size()
    // The system refuses to map nothing.
    mapping =
      try count == 0 ? UnsafeRawBufferPointer(start: nil, count: 0) : file.map(count: count)
  }

  deinit { if !mapping.isEmpty { FileDescriptor.unmap(mapping) } }

  var count: Int { mapping.count }

  /// Calls `body` with the bytes of `range`, which must lie within the file.
  func withBytes<R>(in range: Range<Int>, _ body: (RawSpan) -> R) -> R {
    precondition(0 <= range.lowerBound && range.upperBound <= count, "a range within the file")
    // Without this the optimiser may end the last owner's hold, and the mapping, before `body` runs.
    return withExtendedLifetime(self) {
      body(UnsafeRawBufferPointer(rebasing: mapping[range]).bytes)
    }
  }

  /// A copy of the bytes of `range`.
  func bytes(in range: Range<Int>) -> [UInt8] {
    withBytes(in: range) { span in span.withUnsafeBytes { [UInt8]($0) } }
  }
}
