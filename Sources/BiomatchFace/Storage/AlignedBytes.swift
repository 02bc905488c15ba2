#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Memory whose first byte lies at a multiple of 64, for as long as the object lives.
///
/// Filled by whoever makes it, and only read once it is shared.
final class AlignedBytes: @unchecked Sendable {
  /// From that size on memory that is scanned is asked for in pages of that size: a scan needs few of them.
  private static let largePage = 1 << 21

  let count: Int
  let start: UnsafeMutableRawPointer

  /// Memory of zeros.
  convenience init(zeros count: Int) {
    self.init(uninitialized: count)
    start.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  /// Memory whose every byte is written before it is read.
  ///
  /// - Parameter isScanned: whether it is read from one end to the other, again and again, which large
  ///   pages make faster. To make room for them takes the system time, the more the fuller memory is.
  init(uninitialized count: Int, isScanned: Bool = true) {
    self.count = count
    let isLarge = isScanned && count >= Self.largePage
    start = .allocate(byteCount: max(count, 1), alignment: isLarge ? Self.largePage : 64)
    #if os(Linux)
      // Only a wish: where the system does not grant it, small pages do as well.
      if isLarge { _ = madvise(start, count, MADV_HUGEPAGE) }
    #endif
  }

  deinit { start.deallocate() }

  /// The bytes.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  /// The bytes as numbers.
  var floats: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableRawBufferPointer(start: start, count: count).assumingMemoryBound(to: Float.self)
  }
}
