/// How a value is stored: an IEEE 754 number, little endian.
enum ElementType: Sendable, Hashable, CaseIterable {
  /// 16 bits.
  case half
  /// 32 bits, as in memory.
  case single
  /// 64 bits.
  case double

  /// How many bytes a value has.
  var size: Int {
    switch self {
    case .half: 2
    case .single: 4
    case .double: 8
    }
  }
}

/// Values of 16 bits as 32 bits, each exactly.
func widenHalves(_ bytes: ArraySlice<UInt8>, into values: inout [Float]) {
  fill(&values, with: bytes, as: UInt16.self) { float(half: $0) }
}

/// Values of 64 bits as 32 bits, each rounded to the nearest, ties to even; infinite where that is out
/// of range.
func roundDoubles(_ bytes: ArraySlice<UInt8>, into values: inout [Float]) {
  fill(&values, with: bytes, as: UInt64.self) { Float(Double(bitPattern: $0)) }
}

/// The number that 16 bits stand for.
///
/// Moved to the place that they have in 32 bits, exponent and fraction make a number 2^112 times too
/// small, also where there is no leading one: to multiply is exact, and takes no branch.
@inline(__always)
private func float(half bits: UInt16) -> Float {
  let bits = UInt32(bits)
  let scaled = (Float(bitPattern: (bits & 0x7FFF) << 13) * 0x1p112).bitPattern
  let special: UInt32 = bits & 0x7C00 == 0x7C00 ? 0x7F80_0000 : 0
  return Float(bitPattern: scaled | special | (bits & 0x8000) << 16)
}

/// Appends a value for each integer in `bytes`, little endian.
@inline(__always)
private func fill<Stored: FixedWidthInteger & BitwiseCopyable>(
  _ values: inout [Float],
  with bytes: ArraySlice<UInt8>,
  as type: Stored.Type,
  _ value: (Stored) -> Float
) {
  let size = MemoryLayout<Stored>.size
  let count = bytes.count / size
  let start = values.count
  values.append(contentsOf: repeatElement(0, count: count))
  // In place of indices that are checked one by one, a single check of both ends.
  values.withUnsafeMutableBufferPointer { values in
    bytes.withUnsafeBytes { bytes in
      for index in 0..<count {
        let stored = bytes.loadUnaligned(fromByteOffset: index * size, as: Stored.self)
        values[start + index] = value(Stored(littleEndian: stored))
      }
    }
  }
}
