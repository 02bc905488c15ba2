import BiomatchCore

/// The key of one file of sealed blocks, and the nonces of its blocks.
enum BlockKey {
  static let saltSize = 32

  /// The cipher under the key of the file with that salt.
  static func context(
    key: borrowing SecretBytes,
    salt: [UInt8]
  ) throws(CryptoError) -> GCMContext {
    guard key.count == GCMContext.keySize else {
      let size = GCMContext.keySize
      throw .length(.key, .sealedBlocks, expected: size...size, found: key.count)
    }
    guard salt.count == saltSize else {
      throw .length(.salt, .sealedBlocks, expected: saltSize...saltSize, found: salt.count)
    }
    let info = Array("biomatch sealed blocks 1".utf8)
    let fileKey = try HKDF.derive(from: key, salt: salt, info: info, count: GCMContext.keySize)
    var context = try GCMContext.make(.sealedBlocks)
    try context.setKey(fileKey)
    return context
  }

  /// One for the last block and zero for others, three zeros, the number in eight bytes.
  static func nonce(number: UInt64, isLast: Bool) -> [UInt8] {
    var writer = ByteWriter(capacity: GCMContext.nonceSize)
    writer.writeUInt8(isLast ? 1 : 0)
    writer.writeZeros(3)
    writer.writeUInt64(number)
    return writer.bytes
  }
}
