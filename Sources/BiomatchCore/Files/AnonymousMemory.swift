#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Memory of the process's own that starts at a multiple of 4,096. It is zero until it is written, and
/// takes room only where it was touched.
///
/// Whoever writes to a place answers for it that nobody reads there meanwhile.
final class AnonymousMemory: @unchecked Sendable {
  private let mapping: UnsafeMutableRawBufferPointer

  /// - Parameter path: the file that errors name.
  init(count: Int, path: String) throws(FileError) {
    precondition(count > 0, "the system refuses to map nothing")
    let address = mmap(
      nil,
      count,
      PROT_READ | PROT_WRITE,
      MAP_PRIVATE | Self.anonymous | MAP_NORESERVE,
      -1,
      0
    )
    guard let address, address != MAP_FAILED else {
      throw SystemFailure.last(path: path, operation: .read)
    }
    #if os(Linux)
      // Opened templates do not belong into a core dump. Only a wish, as some systems know no such thing.
      _ = madvise(address, count, MADV_DONTDUMP)
    #endif
    mapping = UnsafeMutableRawBufferPointer(start: address, count: count)
  }

  deinit { _ = munmap(mapping.baseAddress, mapping.count) }

  var count: Int { mapping.count }

  /// Calls `body` with the bytes of `range`.
  func withBytes<R>(in range: Range<Int>, _ body: (RawSpan) -> R) -> R {
    precondition(0 <= range.lowerBound && range.upperBound <= count, "a range within the memory")
    return withExtendedLifetime(self) {
      body(UnsafeRawBufferPointer(rebasing: mapping[range]).bytes)
    }
  }

  /// Calls `body` with the bytes of `range`, to be written.
  func withMutableBytes<R, Failure: Error>(
    in range: Range<Int>,
    _ body: (inout MutableRawSpan) throws(Failure) -> R
  ) throws(Failure) -> R {
    precondition(0 <= range.lowerBound && range.upperBound <= count, "a range within the memory")
    let part = UnsafeMutableRawBufferPointer(rebasing: mapping[range])
    var span = part.mutableBytes
    return try body(&span)
  }

  private static var anonymous: Int32 {
    #if canImport(Darwin)
      MAP_ANON
    #else
      MAP_ANONYMOUS
    #endif
  }
}
