/// Opens the blocks that ``BlockSealer`` sealed, in any order.
///
/// It serves one thread at a time; other threads set up their own.
public struct BlockOpener: ~Copyable, Sendable {
  private var gcm: GCMContext

  /// Opens blocks of the file with that salt under `key`.
  public init(key: borrowing SecretBytes, salt: [UInt8]) throws(CryptoError) {
    gcm = try BlockKey.context(key: key, salt: salt)
  }

  /// Appends the block with that number to `output`; on an error `output` is as before.
  ///
  /// Throws ``CryptoError/authentication(_:)`` when the block is not the one that was sealed there.
  ///
  /// - Parameters:
  ///   - sealed: the sealed block.
  ///   - number: its place among the blocks, counted from zero.
  ///   - isLast: whether it is expected to be the last block of the file.
  ///   - associatedData: what was given for sealing.
  ///   - output: where the block goes.
  public mutating func open(
    _ sealed: RawSpan,
    number: UInt64,
    isLast: Bool,
    associatedData: RawSpan,
    appendingTo output: inout [UInt8]
  ) throws(CryptoError) {
    guard sealed.byteCount >= BlockSealer.overhead else {
      throw .length(
        .sealedMessage,
        .sealedBlocks,
        expected: BlockSealer.overhead...Int.max,
        found: sealed.byteCount
      )
    }
    let nonce = BlockKey.nonce(number: number, isLast: isLast)
    try gcm.open(
      sealed,
      associatedData: associatedData,
      nonce: nonce.span.bytes,
      appendingTo: &output
    )
  }

  /// Writes the block with that number, whose tag lies elsewhere, to `target`, which is as long; zeros
  /// where it throws.
  package mutating func open(
    _ ciphertext: RawSpan,
    tag: RawSpan,
    number: UInt64,
    isLast: Bool,
    associatedData: RawSpan,
    into target: inout MutableRawSpan
  ) throws(CryptoError) {
    try target.withUnsafeMutableBytes { target throws(CryptoError) in
      try gcm.open(
        ciphertext,
        tag: tag,
        associatedData: associatedData,
        nonce: BlockKey.nonce(number: number, isLast: isLast).span.bytes,
        into: target
      )
    }
  }

  /// The block with that number; see ``open(_:number:isLast:associatedData:appendingTo:)``.
  public mutating func open(
    _ sealed: [UInt8],
    number: UInt64,
    isLast: Bool,
    associatedData: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    var output: [UInt8] = []
    try open(
      sealed.span.bytes,
      number: number,
      isLast: isLast,
      associatedData: associatedData.span.bytes,
      appendingTo: &output
    )
    return output
  }
}
