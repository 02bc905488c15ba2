import CBiomatchKernels

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The levels that the kernel library was built with and the processor has, slowest first.
func kernelLevels() -> [SIMDLevel] {
  SIMDLevel.allCases.filter { bm_kernels_at($0.code) != nil }
}

extension SIMDLevel {
  /// The number by which the kernel library knows the level.
  fileprivate var code: Int32 {
    switch self {
    case .portable: Int32(BM_SIMD_PORTABLE)
    case .neon: Int32(BM_SIMD_NEON)
    case .avx2: Int32(BM_SIMD_AVX2)
    case .avx512: Int32(BM_SIMD_AVX512)
    }
  }

  /// The kernels of the level, which must be available.
  fileprivate var kernels: bm_kernels {
    guard let table = bm_kernels_at(code) else {
      preconditionFailure("SIMD level \(self) is not available")
    }
    return table.pointee
  }
}

/// The state of a CRC-32C after `bytes` more; neither inverted before nor after.
func kernelChecksum(
  _ state: UInt32,
  _ bytes: UnsafeRawBufferPointer,
  level: SIMDLevel
) -> UInt32 {
  guard let start = bytes.baseAddress else { return state }
  return level.kernels.checksum(
    state,
    start.assumingMemoryBound(to: UInt8.self),
    Int64(bytes.count)
  )
}

/// Counts the bits that the first signatures of `words` have in common with all, taken as rows of 16
/// words; how many bits were looked at.
func kernelCommonBits(of words: [UInt32], level: SIMDLevel) -> Int {
  let (lanes, signature) = (Int(BM_LANES), Int(BM_SIGNATURE_WORDS))
  let rows = words.count / lanes
  precondition(rows >= signature)
  var sums = [UInt32](repeating: 0, count: lanes)
  words.withUnsafeBufferPointer { words in
    level.kernels.count_common(words.baseAddress, Int64(rows), words.baseAddress, &sums)
  }
  return rows * signature * lanes * 32
}

/// Counts the bits that words have in common, in registers; how many bits were looked at.
func kernelFastestBits(of words: [UInt64], level: SIMDLevel) -> Int {
  precondition(words.count >= Int(BM_CODE_WORDS * BM_CODE_ROWS))
  var ones: Int64 = 0
  return words.withUnsafeBufferPointer { words in
    Int(level.kernels.codes.fastest(words.baseAddress, 1 << 10, &ones))
  }
}

/// Multiplies codes of a byte over and over and sums the products up; how many that were.
func kernelProducts(of codes: [UInt8], level: SIMDLevel) -> Int {
  precondition(codes.count >= 4 * 64 * 6)
  var sum: Int64 = 0
  return codes.withUnsafeBytes { codes in
    guard let start = codes.baseAddress else { return 0 }
    return Int(
      level.kernels.vectors.multiply(
        start.assumingMemoryBound(to: Int8.self),
        start.assumingMemoryBound(to: UInt8.self),
        1 << 14,
        &sum
      )
    )
  }
}

/// Reads the bytes of `range`, the odd ones at its end apart; how many those were.
func kernelAddedBytes(of bytes: [UInt8], in range: Range<Int>, level: SIMDLevel) -> Int {
  precondition(0 <= range.lowerBound && range.upperBound <= bytes.count)
  var sums = [UInt32](repeating: 0, count: Int(BM_LANES))
  bytes.withUnsafeBufferPointer { bytes in
    guard let start = bytes.baseAddress else { return }
    level.kernels.add_words(start + range.lowerBound, Int64(range.count), &sums)
  }
  return range.count
}

/// The value of an environment variable, `nil` when it is not set.
func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
