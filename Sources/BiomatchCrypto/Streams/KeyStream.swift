import BiomatchCore

/// Pseudo-random bytes that a key, a label and a context decide, the same for ever.
///
/// Whoever has the key draws the same sequence; nobody else can tell it from chance, nor from the
/// sequence of another label. It serves transforms that a key chooses: rotations, permutations.
///
/// ```swift
/// var stream = try KeyStream(key: key, label: "rotation 1")
/// let word = try stream.nextUInt64()
/// let index = try stream.nextUInt64(below: 512)
/// ```
///
/// The sequence is that of AES-256 in counter mode from a block of zeros (big-endian counter of 128
/// bits), under 32 bytes of ``HKDF``: the salt is the ASCII text `biomatch key stream 1`; the info is
/// the label in UTF-8, then the context, each after its length in bytes as a big-endian integer of
/// 32 bits. Integers take the next eight bytes, the least significant first.
///
/// Sources: NIST SP 800-38A, section 6.5, doi:10.6028/NIST.SP.800-38A; RFC 5869.
public struct KeyStream: ~Copyable, Sendable {
  /// The size of a key in bytes.
  public static let keySize = 32

  private var cipher: CipherContext
  private var buffer = SecretBytes(count: 1024)
  private var used = 1024

  /// The sequence of `label` and `context` under `key`, which has 32 bytes.
  ///
  /// - Parameters:
  ///   - key: chosen at random.
  ///   - label: what the sequence is for; a constant of the program that ends in a version.
  ///   - context: what else tells this sequence from others, an identifier for example.
  public init(
    key: borrowing SecretBytes,
    label: String,
    context: [UInt8] = []
  ) throws(CryptoError) {
    guard key.count == Self.keySize else {
      throw .length(.key, .keyStream, expected: Self.keySize...Self.keySize, found: key.count)
    }
    var info = ByteWriter()
    for part in [Array(label.utf8), context] {
      info.writeUInt32(UInt32(part.count))
      info.writeBytes(part)
    }
    let salt = Array("biomatch key stream 1".utf8)
    cipher = try .counterMode(
      key: HKDF.derive(from: key, salt: salt, info: info.bytes, count: 32)
    )
  }

  /// The next `count` bytes.
  public mutating func bytes(_ count: Int) throws(CryptoError) -> [UInt8] {
    precondition(count >= 0, "a count of bytes is never negative")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      if used == buffer.count { try refill() }
      let size = min(count - bytes.count, buffer.count - used)
      buffer.withUnsafeBytes { bytes += $0[used..<used + size] }
      used += size
    }
    return bytes
  }

  /// The next eight bytes as an integer.
  public mutating func nextUInt64() throws(CryptoError) -> UInt64 {
    guard used + 8 <= buffer.count else {
      return try bytes(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    defer { used += 8 }
    return buffer.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: used, as: UInt64.self))
    }
  }

  /// An integer from zero to `bound` - 1, each as likely as the other; `bound` must be positive.
  ///
  /// It is the first of the next integers that is below `bound` once the bits that `bound` - 1 does
  /// not need are cut off at the top.
  public mutating func nextUInt64(below bound: UInt64) throws(CryptoError) -> UInt64 {
    precondition(bound > 0, "there is no integer below zero")
    let mask = UInt64.max >> (bound - 1).leadingZeroBitCount
    while true {
      let candidate = try nextUInt64() & mask
      if candidate < bound { return candidate }
    }
  }

  private mutating func refill() throws(CryptoError) {
    buffer.withUnsafeMutableBytes { _ = $0.initializeMemory(as: UInt8.self, repeating: 0) }
    try cipher.encrypt(&buffer)
    used = 0
  }
}
