/// The bytes of a ``ReferenceID`` in its order, without storage elsewhere: kept beside scores and
/// compared without allocating.
package struct ReferenceKey: Sendable, Hashable {
  // 64 bytes, the first the most significant. No identifier holds a zero byte, so zeros fill it up.
  private let first: UInt128
  private let second: UInt128
  private let third: UInt128
  private let fourth: UInt128

  /// The key of a reference whose text has these bytes, at most 64.
  package init(_ bytes: RawSpan) {
    precondition(bytes.byteCount <= 64, "a reference has at most 64 bytes")
    var words: (UInt128, UInt128, UInt128, UInt128) = (0, 0, 0, 0)
    withUnsafeMutableBytes(of: &words) { words in
      bytes.withUnsafeBytes { words.copyMemory(from: $0) }
    }
    first = UInt128(bigEndian: words.0)
    second = UInt128(bigEndian: words.1)
    third = UInt128(bigEndian: words.2)
    fourth = UInt128(bigEndian: words.3)
  }

  /// The key of a reference.
  package init(_ reference: ReferenceID) {
    let key = reference.string.utf8.withContiguousStorageIfAvailable { bytes in
      Self(UnsafeRawBufferPointer(bytes).bytes)
    }
    guard let key else { preconditionFailure("an identifier's text is contiguous") }
    self = key
  }
}

extension ReferenceKey: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.first, lhs.second, lhs.third, lhs.fourth)
      < (rhs.first, rhs.second, rhs.third, rhs.fourth)
  }
}
