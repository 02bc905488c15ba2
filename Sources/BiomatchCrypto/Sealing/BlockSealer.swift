/// Seals a file block by block, so that each block can be opened by itself.
///
/// ```swift
/// var sealer = try BlockSealer(key: key)
/// let salt = sealer.salt  // goes into the file's header
/// let first = try sealer.seal(block, associatedData: header)
/// let last = try sealer.sealLast(rest, associatedData: header)
/// ```
///
/// A sealed block is ``overhead`` bytes longer than the block: the ciphertext and the tag of 16 bytes.
/// The order of the blocks is sealed, and which is the last: blocks that were moved, left out at the
/// end or taken from another file do not open.
///
/// **Why no nonce repeats.** Every sealer draws a salt of 32 random bytes, which with the key gives the
/// AES-256 key of this file alone: two files share one with a probability of 2^-128 and less up to 2^64
/// files. Under it, the nonce is the number of the block, which the sealer counts by itself, and is
/// used up even where sealing fails. So a file is written once, from its first block to its last; one
/// that changes is written anew by another sealer, with another salt. Callers can choose neither salt
/// nor number.
///
/// The key of the file is ``HKDF`` of the key, with the salt and the info `biomatch sealed blocks 1`;
/// blocks are sealed by AES-256-GCM. The nonce has a byte 1 for the last block and 0 for others, three
/// bytes of zero, and the number, counted from zero, as a big-endian integer of 64 bits.
///
/// Sources: Hoang, Reyhanitabar, Rogaway, Vizár, "Online authenticated-encryption and its nonce-reuse
/// misuse-resistance" (the mark of the last block), CRYPTO 2015, doi:10.1007/978-3-662-47989-6_24; NIST
/// SP 800-38D; RFC 5869.
public struct BlockSealer: ~Copyable, Sendable {
  /// The size of a key in bytes.
  public static let keySize = GCMContext.keySize
  /// The size of a salt in bytes.
  public static let saltSize = BlockKey.saltSize
  /// How many bytes longer a sealed block is.
  public static let overhead = GCMContext.tagSize

  /// What ``BlockOpener`` needs besides the key; not secret.
  public let salt: [UInt8]
  /// The number of the next block, counted from zero.
  public private(set) var nextNumber: UInt64 = 0

  private var gcm: GCMContext

  /// Starts a file under `key`, which has 32 random bytes and serves nothing but files of blocks.
  public init(key: borrowing SecretBytes) throws(CryptoError) {
    try self.init(key: key, salt: SecureRandom.bytes(count: Self.saltSize))
  }

  /// With a salt that the caller answers for: known answers.
  init(key: borrowing SecretBytes, salt: [UInt8]) throws(CryptoError) {
    self.salt = salt
    gcm = try BlockKey.context(key: key, salt: salt)
  }

  /// Seals the next block, which another one follows.
  public mutating func seal(
    _ block: RawSpan,
    associatedData: RawSpan
  ) throws(CryptoError) -> [UInt8] {
    try seal(block, associatedData: associatedData, isLast: false)
  }

  /// Seals the next block, which another one follows.
  public mutating func seal(
    _ block: [UInt8],
    associatedData: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    try seal(block.span.bytes, associatedData: associatedData.span.bytes, isLast: false)
  }

  /// Seals the last block, and ends the file.
  public consuming func sealLast(
    _ block: RawSpan,
    associatedData: RawSpan
  ) throws(CryptoError) -> [UInt8] {
    try seal(block, associatedData: associatedData, isLast: true)
  }

  /// Seals the last block, and ends the file.
  public consuming func sealLast(
    _ block: [UInt8],
    associatedData: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    try seal(block.span.bytes, associatedData: associatedData.span.bytes, isLast: true)
  }

  private mutating func seal(
    _ block: RawSpan,
    associatedData: RawSpan,
    isLast: Bool
  ) throws(CryptoError) -> [UInt8] {
    let nonce = BlockKey.nonce(number: nextNumber, isLast: isLast)
    nextNumber += 1
    var output: [UInt8] = []
    try gcm.seal(
      block,
      associatedData: associatedData,
      nonce: nonce.span.bytes,
      appendingTo: &output
    )
    return output
  }
}
