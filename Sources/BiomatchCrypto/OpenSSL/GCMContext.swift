import COpenSSL

/// AES-256-GCM (NIST SP 800-38D, doi:10.6028/NIST.SP.800-38D) with tags of 128 bits.
///
/// Whoever calls it answers for it that no nonce comes twice under one key. Every use is `mutating`, so
/// only one thread at a time can have it: that makes it safe to send.
struct GCMContext: ~Copyable, @unchecked Sendable {
  static let keySize = 32
  static let nonceSize = 12
  static let tagSize = 16
  /// OpenSSL counts in 32 bits; sealing adds up to 40 bytes.
  static let maximumMessageSize = Int(Int32.max) - 40

  private let algorithm: CryptoAlgorithm
  private let context: OpaquePointer

  deinit { EVP_CIPHER_CTX_free(context) }

  private init(owning context: OpaquePointer, algorithm: CryptoAlgorithm) {
    self.context = context
    self.algorithm = algorithm
  }

  /// Without a key yet.
  ///
  /// - Parameter algorithm: what errors name.
  static func make(_ algorithm: CryptoAlgorithm) throws(CryptoError) -> GCMContext {
    guard let cipher = FetchedAlgorithm.galoisCounterMode.pointer else {
      throw openSSLFailure("EVP_CIPHER_fetch")
    }
    guard let pointer = EVP_CIPHER_CTX_new() else { throw openSSLFailure("EVP_CIPHER_CTX_new") }
    let context = GCMContext(owning: pointer, algorithm: algorithm)
    try check(EVP_CipherInit_ex2(pointer, cipher, nil, nil, 1, nil), "EVP_CipherInit_ex2")
    return context
  }

  /// Takes a key of 32 bytes for the messages that follow.
  mutating func setKey(_ key: borrowing SecretBytes) throws(CryptoError) {
    precondition(key.count == Self.keySize, "a key of AES-256")
    let status = key.withUnsafeBytes {
      EVP_CipherInit_ex2(context, nil, $0.baseAddress?.asBytes, nil, 1, nil)
    }
    try check(status, "EVP_CipherInit_ex2")
  }

  /// Appends the ciphertext of `message` and its tag to `output`.
  ///
  /// - Parameter nonce: 12 bytes.
  mutating func seal(
    _ message: RawSpan,
    associatedData: RawSpan,
    nonce: RawSpan,
    appendingTo output: inout [UInt8]
  ) throws(CryptoError) {
    try require(message.byteCount, .message, maximum: Self.maximumMessageSize)
    try start(nonce: nonce, encrypting: true, associatedData: associatedData)
    let old = output.count
    output.append(contentsOf: repeatElement(0, count: message.byteCount + Self.tagSize))
    let isSealed = output.withUnsafeMutableBytes { output in
      let target = UnsafeMutableRawBufferPointer(rebasing: output[old...])
      let tag = UnsafeMutableRawBufferPointer(rebasing: target[message.byteCount...])
      return transform(message, into: target)
        && finish()
        && control(EVP_CTRL_AEAD_GET_TAG, tag.baseAddress)
    }
    guard isSealed else {
      output.removeLast(output.count - old)
      throw openSSLFailure("AES-256-GCM encryption")
    }
  }

  /// Appends the message of a ciphertext and its tag to `output`, or nothing when they are not genuine.
  ///
  /// - Parameter nonce: 12 bytes.
  mutating func open(
    _ sealed: RawSpan,
    associatedData: RawSpan,
    nonce: RawSpan,
    appendingTo output: inout [UInt8]
  ) throws(CryptoError) {
    let count = sealed.byteCount - Self.tagSize
    precondition(count >= 0, "room for the tag")
    let old = output.count
    output.append(contentsOf: repeatElement(0, count: count))
    let failure: CryptoError? = output.withUnsafeMutableBytes { output in
      do throws(CryptoError) {
        try open(
          sealed.extracting(first: count),
          tag: sealed.extracting(last: Self.tagSize),
          associatedData: associatedData,
          nonce: nonce,
          into: UnsafeMutableRawBufferPointer(rebasing: output[old...])
        )
        return nil
      } catch {
        return error
      }
    }
    if let failure {
      output.removeLast(count)
      throw failure
    }
  }

  /// Writes the message of a ciphertext to `target`, or zeros when it is not genuine.
  ///
  /// - Parameter target: as long as the ciphertext.
  mutating func open(
    _ ciphertext: RawSpan,
    tag: RawSpan,
    associatedData: RawSpan,
    nonce: RawSpan,
    into target: UnsafeMutableRawBufferPointer
  ) throws(CryptoError) {
    precondition(tag.byteCount == Self.tagSize, "a tag of 128 bits")
    precondition(target.count == ciphertext.byteCount, "room for the message")
    try require(ciphertext.byteCount, .sealedMessage, maximum: Self.maximumMessageSize)
    try start(nonce: nonce, encrypting: false, associatedData: associatedData)
    let hasTag = tag.withUnsafeBytes { tag in
      // The interface takes a pointer to what may be changed, and reads it only.
      control(EVP_CTRL_AEAD_SET_TAG, UnsafeMutableRawPointer(mutating: tag.baseAddress))
    }
    guard hasTag, transform(ciphertext, into: target), finish() else {
      OPENSSL_cleanse(target.baseAddress, target.count)
      drainErrors()
      throw .authentication(algorithm)
    }
  }

  private func require(
    _ count: Int,
    _ part: CryptoPart,
    maximum: Int
  ) throws(CryptoError) {
    guard count <= maximum else {
      throw .length(part, algorithm, expected: 0...maximum, found: count)
    }
  }

  private mutating func start(
    nonce: RawSpan,
    encrypting: Bool,
    associatedData: RawSpan
  ) throws(CryptoError) {
    precondition(nonce.byteCount == Self.nonceSize, "a nonce of 96 bits")
    try require(associatedData.byteCount, .associatedData, maximum: Self.maximumMessageSize)
    let status = nonce.withUnsafeBytes {
      EVP_CipherInit_ex2(context, nil, nil, $0.baseAddress?.asBytes, encrypting ? 1 : 0, nil)
    }
    try check(status, "EVP_CipherInit_ex2")
    guard transform(associatedData, into: nil) else { throw openSSLFailure("EVP_CipherUpdate") }
  }

  /// Encrypts or decrypts; without a target the bytes are associated data.
  private func transform(_ bytes: RawSpan, into target: UnsafeMutableRawBufferPointer?) -> Bool {
    bytes.withUnsafeBytes { bytes in
      if bytes.isEmpty { return true }
      var written: Int32 = 0
      let status = EVP_CipherUpdate(
        context,
        target?.baseAddress?.asBytes,
        &written,
        bytes.baseAddress?.asBytes,
        Int32(bytes.count)
      )
      return status == 1 && written == bytes.count
    }
  }

  /// Makes or verifies the tag; writes nothing, and wants a place for it all the same.
  private func finish() -> Bool {
    var written: Int32 = 0
    var place: UInt8 = 0
    return EVP_CipherFinal_ex(context, &place, &written) == 1 && written == 0
  }

  private func control(_ command: Int32, _ tag: UnsafeMutableRawPointer?) -> Bool {
    EVP_CIPHER_CTX_ctrl(context, command, Int32(Self.tagSize), tag) == 1
  }
}
