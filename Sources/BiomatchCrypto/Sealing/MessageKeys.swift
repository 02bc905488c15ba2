/// The keys of single messages that XAES-256-GCM derives from one key.
///
/// It is AES-CMAC over a counter, the letter X and the first 12 bytes of the nonce, after NIST SP
/// 800-108r1, which for inputs of one block is one encryption after a masking.
struct MessageKeys: ~Copyable, Sendable {
  /// How many bytes of a nonce choose the key.
  static let prefixSize = 12

  private var cipher: CipherContext
  private let mask: SecretBytes
  private var messageKey: SecretBytes

  init(key: borrowing SecretBytes) throws(CryptoError) {
    var cipher = try CipherContext.blocks(key: key)
    var block = SecretBytes(count: 16)
    try cipher.encrypt(&block)
    block.withUnsafeMutableBytes(Self.double)
    self.cipher = cipher
    mask = block
    messageKey = SecretBytes(count: GCMContext.keySize)
  }

  /// Gives the key of a message to `gcm`.
  mutating func setKey(of gcm: inout GCMContext, for prefix: RawSpan) throws(CryptoError) {
    precondition(prefix.byteCount == Self.prefixSize, "the first 12 bytes of a nonce")
    messageKey.withUnsafeMutableBytes { key in
      mask.withUnsafeBytes { mask in
        for block in 0..<2 {
          let start = 16 * block
          key[start] = mask[0]
          key[start + 1] = mask[1] ^ UInt8(block + 1)
          key[start + 2] = mask[2] ^ UInt8(ascii: "X")
          key[start + 3] = mask[3]
          for index in 0..<Self.prefixSize {
            key[start + 4 + index] =
              mask[4 + index] ^ prefix.unsafeLoad(fromByteOffset: index, as: UInt8.self)
          }
        }
      }
    }
    try cipher.encrypt(&messageKey)
    try gcm.setKey(messageKey)
  }

  /// Doubles a block in the field of 2^128 elements, in a time that does not depend on it.
  private static func double(_ block: UnsafeMutableRawBufferPointer) {
    var carry: UInt8 = 0
    for index in (0..<16).reversed() {
      let byte = block[index]
      block[index] = byte << 1 | carry
      carry = byte >> 7
    }
    block[15] ^= 0x87 & (0 &- carry)
  }
}
