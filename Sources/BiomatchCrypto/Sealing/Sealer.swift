/// Seals messages under one key, and opens them: nobody without the key can read a sealed message, or
/// change it unnoticed.
///
/// ```swift
/// var sealer = try Sealer(key: key)
/// let sealed = try sealer.seal(record, associatedData: Array("sample 17, version 2".utf8))
/// let opened = try sealer.open(sealed, associatedData: Array("sample 17, version 2".utf8))
/// ```
///
/// Associated data are authenticated, not stored: they bind a message to its place, so that one cannot
/// be put where another belongs. A sealed message is ``overhead`` bytes longer than the message: the
/// nonce of 24 bytes, the ciphertext, the tag of 16 bytes.
///
/// **Why no nonce repeats.** AES-GCM fails where a nonce comes twice under one key, and its 12 bytes
/// are too few to draw at random for ever. So this is XAES-256-GCM: each message has a nonce of 24
/// random bytes, of which the first 12 derive an AES-256 key for this message, and the last 12 are the
/// nonce under it. For the key and the nonce to meet again, all 192 bits have to, which after 2^80
/// messages of one key has happened with a probability of 2^-33. No count is kept, so processes, machines
/// and restored backups may share a key. Callers cannot choose a nonce.
///
/// It serves one thread at a time. Setting up is cheap, less than sealing a record of a kilobyte: each
/// thread, and each subject's key, has its own.
///
/// Sources: C2SP, XAES-256-GCM, https://c2sp.org/XAES-256-GCM; NIST SP 800-38D,
/// doi:10.6028/NIST.SP.800-38D; NIST SP 800-108r1, doi:10.6028/NIST.SP.800-108r1-upd1.
public struct Sealer: ~Copyable, Sendable {
  /// The size of a key in bytes.
  public static let keySize = GCMContext.keySize
  /// How many bytes longer a sealed message is.
  public static let overhead = nonceSize + GCMContext.tagSize

  static let nonceSize = MessageKeys.prefixSize + GCMContext.nonceSize

  private var keys: MessageKeys
  private var gcm: GCMContext

  /// Seals under `key`, which has 32 random bytes and serves nothing else.
  public init(key: borrowing SecretBytes) throws(CryptoError) {
    guard key.count == Self.keySize else {
      throw .length(.key, .xaes256GCM, expected: Self.keySize...Self.keySize, found: key.count)
    }
    let keys = try MessageKeys(key: key)
    let gcm = try GCMContext.make(.xaes256GCM)
    self.keys = keys
    self.gcm = gcm
  }

  // MARK: Sealing

  /// Seals `message`; see ``open(_:associatedData:)``.
  public mutating func seal(
    _ message: [UInt8],
    associatedData: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(message.count + Self.overhead)
    try seal(message.span.bytes, associatedData: associatedData.span.bytes, appendingTo: &output)
    return output
  }

  /// Appends `message`, sealed, to `output`; on an error `output` is as before.
  ///
  /// - Parameters:
  ///   - message: less than 2 GiB; ``BlockSealer`` takes more, in pieces.
  ///   - associatedData: what opening must be given again, exactly.
  public mutating func seal(
    _ message: RawSpan,
    associatedData: RawSpan,
    appendingTo output: inout [UInt8]
  ) throws(CryptoError) {
    let nonce = try SecureRandom.bytes(count: Self.nonceSize)
    try seal(message, associatedData: associatedData, nonce: nonce, appendingTo: &output)
  }

  /// Seals a key, to be kept under another.
  public mutating func seal(
    _ secret: borrowing SecretBytes,
    associatedData: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    let nonce = try SecureRandom.bytes(count: Self.nonceSize)
    return try secret.withBytes { secret throws(CryptoError) in
      var output: [UInt8] = []
      try seal(
        secret,
        associatedData: associatedData.span.bytes,
        nonce: nonce,
        appendingTo: &output
      )
      return output
    }
  }

  /// With a nonce that the caller answers for: known answers.
  mutating func seal(
    _ message: RawSpan,
    associatedData: RawSpan,
    nonce: [UInt8],
    appendingTo output: inout [UInt8]
  ) throws(CryptoError) {
    let old = output.count
    output += nonce
    do {
      let nonce = nonce.span.bytes
      try keys.setKey(of: &gcm, for: nonce.extracting(first: MessageKeys.prefixSize))
      try gcm.seal(
        message,
        associatedData: associatedData,
        nonce: nonce.extracting(last: GCMContext.nonceSize),
        appendingTo: &output
      )
    } catch {
      output.removeLast(output.count - old)
      throw error
    }
  }

  // MARK: Opening

  /// The message that was sealed.
  ///
  /// Throws ``CryptoError/authentication(_:)`` when key or associated data are not those of the
  /// sealing, or a bit was changed; nothing of the message is seen then.
  public mutating func open(
    _ sealed: [UInt8],
    associatedData: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    var output: [UInt8] = []
    try open(sealed.span.bytes, associatedData: associatedData.span.bytes, appendingTo: &output)
    return output
  }

  /// Appends the message that was sealed to `output`; on an error `output` is as before.
  public mutating func open(
    _ sealed: RawSpan,
    associatedData: RawSpan,
    appendingTo output: inout [UInt8]
  ) throws(CryptoError) {
    guard sealed.byteCount >= Self.overhead else {
      throw .length(
        .sealedMessage,
        .xaes256GCM,
        expected: Self.overhead...Int.max,
        found: sealed.byteCount
      )
    }
    let nonce = sealed.extracting(first: Self.nonceSize)
    try keys.setKey(of: &gcm, for: nonce.extracting(first: MessageKeys.prefixSize))
    try gcm.open(
      sealed.extracting(droppingFirst: Self.nonceSize),
      associatedData: associatedData,
      nonce: nonce.extracting(last: GCMContext.nonceSize),
      appendingTo: &output
    )
  }

  /// The key that was sealed.
  public mutating func openSecret(
    _ sealed: [UInt8],
    associatedData: [UInt8]
  ) throws(CryptoError) -> SecretBytes {
    var bytes = try open(sealed, associatedData: associatedData)
    return SecretBytes(moving: &bytes)
  }
}
