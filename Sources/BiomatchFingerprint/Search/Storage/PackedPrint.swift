/// The bytes of a packed print whose header is right; `docs/kernels.md` has the layout.
struct PackedPrint {
  private static let lanes = 16
  private static let signatures = 40
  private static let signatureByteCount = 40

  let bytes: UnsafeRawBufferPointer

  /// Whether angles ascend and everything behind the last minutia is zero, the header's rest too.
  var isInOrder: Bool {
    isZero(4..<8) && areAnglesAscending && (count..<lanes).allSatisfy { isLaneZero($0) }
  }

  private var count: Int { Int(bytes[0]) | Int(bytes[1]) << 8 }
  /// How many minutiae there is room for.
  private var lanes: Int { (Int(bytes[2]) | Int(bytes[3]) << 8) * Self.lanes }

  /// Where the values behind the signatures start; x, y and norm take two bytes a lane, the others one.
  private var fields: Int { Self.signatures + Self.signatureByteCount * lanes }
  private var angles: Int { fields + 6 * lanes }

  private var areAnglesAscending: Bool {
    (1..<max(1, count)).allSatisfy { bytes[angles + $0 - 1] <= bytes[angles + $0] }
  }

  private func isLaneZero(_ lane: Int) -> Bool {
    let block = Self.signatures + Self.signatureByteCount * Self.lanes * (lane / Self.lanes)
    let areWordsZero = (0..<Self.signatureByteCount / 4).allSatisfy { word in
      let start = block + 4 * (word * Self.lanes + lane % Self.lanes)
      return isZero(start..<start + 4)
    }
    let areShortsZero = (0..<3).allSatisfy { field in
      let start = fields + 2 * (field * lanes + lane)
      return isZero(start..<start + 2)
    }
    return areWordsZero && areShortsZero
      && (0..<3).allSatisfy { bytes[angles + $0 * lanes + lane] == 0 }
  }

  private func isZero(_ range: Range<Int>) -> Bool { range.allSatisfy { bytes[$0] == 0 } }
}
