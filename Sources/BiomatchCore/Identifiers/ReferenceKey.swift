/// The bytes of a ``ReferenceID`` in its order, without storage elsewhere: kept beside scores and
/// compared without allocating.
package struct ReferenceKey: Sendable, Hashable {
  // 64 bytes, the first the most significant. No identifier holds a zero byte, so zeros fill it up.
  private var first: UInt128 = 0
  private var second: UInt128 = 0
  private var third: UInt128 = 0
  private var fourth: UInt128 = 0

  /// The key of a reference whose text has these bytes, at most 64.
  package init(_ bytes: some Collection<UInt8>) {
    precondition(bytes.count <= 64, "a reference has at most 64 bytes")
    for (index, byte) in bytes.enumerated() {
      let value = UInt128(byte) << UInt128(120 - index % 16 * 8)
      switch index / 16 {
      case 0: first |= value
      case 1: second |= value
      case 2: third |= value
      default: fourth |= value
      }
    }
  }

  /// The key of a reference.
  package init(_ reference: ReferenceID) { self.init(reference.string.utf8) }
}

extension ReferenceKey: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.first, lhs.second, lhs.third, lhs.fourth)
      < (rhs.first, rhs.second, rhs.third, rhs.fourth)
  }
}
