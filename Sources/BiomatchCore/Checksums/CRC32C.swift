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
/// RFC 3720, section 12.1; eight bytes a step after Kounavis, Berry, "Novel table lookup-based
/// algorithms for high-performance CRC generation", IEEE Trans. Computers 57(11), 2008,
/// doi:10.1109/TC.2008.85.
public struct CRC32C: Sendable {
  private var state: UInt32 = 0xFFFF_FFFF

  /// The checksum of no bytes yet.
  public init() {}

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
  public static func checksum(of bytes: [UInt8]) -> UInt32 {
    var sum = CRC32C()
    sum.update(bytes)
    return sum.value
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    state = Self.tables.withUnsafeBufferPointer { table in
      var crc = state
      var index = 0
      while index + 8 <= bytes.count {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let low = crc ^ UInt32(truncatingIfNeeded: word)
        let high = UInt32(truncatingIfNeeded: word >> 32)
        crc =
          table[1792 + Int(low & 255)] ^ table[1536 + Int(low >> 8 & 255)]
          ^ table[1280 + Int(low >> 16 & 255)] ^ table[1024 + Int(low >> 24)]
        crc ^=
          table[768 + Int(high & 255)] ^ table[512 + Int(high >> 8 & 255)]
          ^ table[256 + Int(high >> 16 & 255)] ^ table[Int(high >> 24)]
        index += 8
      }
      while index < bytes.count {
        crc = crc >> 8 ^ table[Int((crc ^ UInt32(bytes[index])) & 255)]
        index += 1
      }
      return crc
    }
  }

  /// Eight tables of 256 entries: entry i of table k is the remainder of the byte i followed by k
  /// zero bytes.
  private static let tables: [UInt32] = {
    let reversedPolynomial: UInt32 = 0x82F6_3B78
    var tables = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { crc, _ in
        crc & 1 == 1 ? crc >> 1 ^ reversedPolynomial : crc >> 1
      }
    }
    for index in 256..<2048 {
      let previous = tables[index - 256]
      tables.append(previous >> 8 ^ tables[Int(previous & 255)])
    }
    return tables
  }()
}
