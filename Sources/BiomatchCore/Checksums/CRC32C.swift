/// The 32-bit cyclic redundancy check with Castagnoli's polynomial, which finds damage to stored bytes.
///
/// It finds every burst of up to 32 damaged bits and misses other damage once in 2^32; it is no
/// protection against somebody who changes bytes on purpose.
///
/// ```swift
/// CRC32C.checksum(of: Array("123456789".utf8))  // 0xE306_9283
/// ```
///
/// Sources: Castagnoli, Bräuer, Herrmann, "Optimization of cyclic redundancy-check codes with 24 and
/// 32 parity bits", IEEE Trans. Communications 41(6), 1993, doi:10.1109/26.231911; the conventions of
/// RFC 3720, section 12.1. Computed by the processor's instruction where it has one.
public struct CRC32C: Sendable {
  private var state: UInt32 = 0xFFFF_FFFF
  private let level: SIMDLevel

  /// The checksum of no bytes yet.
  ///
  /// - Parameter simd: the kernels to compute it with, which must be available.
  public init(simd: SIMDLevel = .active) { level = simd }

  /// The checksum of everything that was added.
  public var value: UInt32 { ~state }

  /// Adds bytes; how a text is cut into pieces makes no difference.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Adds bytes; how a text is cut into pieces makes no difference.
  public mutating func update(_ bytes: RawSpan) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// The checksum of `bytes`.
  public static func checksum(of bytes: [UInt8], simd: SIMDLevel = .active) -> UInt32 {
    var sum = CRC32C(simd: simd)
    sum.update(bytes)
    return sum.value
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    state = kernelChecksum(state, bytes, level: level)
  }
}
