import COpenSSL

/// A keyed authentication code of OpenSSL, set up once and started anew for each message: setting it up
/// takes as long as several short messages.
///
/// Every use is `mutating`, so only one thread at a time can have it: that makes it safe to send.
struct MACContext: ~Copyable, @unchecked Sendable {
  /// The size of a code in bytes.
  let size: Int
  private let context: OpaquePointer
  private var isStarted = true

  deinit { EVP_MAC_CTX_free(context) }

  private init(_ mac: FetchedAlgorithm, size: Int) throws(CryptoError) {
    guard let fetched = mac.pointer, let context = EVP_MAC_CTX_new(fetched) else {
      throw openSSLFailure("EVP_MAC_CTX_new")
    }
    self.size = size
    self.context = context
  }

  /// HMAC (RFC 2104); keys of any length.
  static func hmac(
    _ digest: HMACDigest,
    key: borrowing SecretBytes
  ) throws(CryptoError) -> MACContext {
    try hmac(named: digest.rawValue, size: digest.size, key: key)
  }

  /// HMAC with whatever digest OpenSSL may know.
  static func hmac(
    named digest: String,
    size: Int,
    key: borrowing SecretBytes
  ) throws(CryptoError) -> MACContext {
    let context = try MACContext(.hmac, size: size)
    let name = MACParameter("digest", .text, Array(digest.utf8))
    try context.start(key: key, parameters: [name])
    return context
  }

  /// BLAKE2b (RFC 7693) with a code of 64 bytes; key, salt and personalisation must have lengths that
  /// it takes.
  static func blake2b(
    key: borrowing SecretBytes,
    salt: [UInt8],
    personalisation: [UInt8]
  ) throws(CryptoError) -> MACContext {
    let context = try MACContext(.blake2b, size: 64)
    var parameters: [MACParameter] = []
    if !salt.isEmpty { parameters.append(MACParameter("salt", .octets, salt)) }
    if !personalisation.isEmpty {
      parameters.append(MACParameter("custom", .octets, personalisation))
    }
    try context.start(key: key, parameters: parameters)
    return context
  }

  /// Adds bytes to the message.
  mutating func update(_ bytes: RawSpan) throws(CryptoError) {
    try startIfNeeded()
    try check(bytes.withUnsafeBytes { add($0) }, "EVP_MAC_update")
  }

  /// Adds a secret to the message.
  mutating func update(_ secret: borrowing SecretBytes) throws(CryptoError) {
    try startIfNeeded()
    try check(secret.withUnsafeBytes { add($0) }, "EVP_MAC_update")
  }

  /// The code of the message; the next one starts empty.
  mutating func finish() throws(CryptoError) -> [UInt8] {
    try startIfNeeded()
    var code = [UInt8](repeating: 0, count: size)
    try check(code.withUnsafeMutableBytes { end(into: $0) }, "EVP_MAC_final")
    return code
  }

  /// Writes the code of the message over the first bytes of `output`; the next one starts empty.
  mutating func finish(into output: inout MutableRawSpan) throws(CryptoError) {
    precondition(output.byteCount >= size, "room for one code")
    try startIfNeeded()
    try check(output.withUnsafeMutableBytes { end(into: $0) }, "EVP_MAC_final")
  }

  /// The code of the message as key material; the next one starts empty.
  mutating func finishSecretly() throws(CryptoError) -> SecretBytes {
    try startIfNeeded()
    var code = SecretBytes(count: size)
    try check(code.withUnsafeMutableBytes { end(into: $0) }, "EVP_MAC_final")
    return code
  }

  private func add(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    // A message without bytes may have no address, which OpenSSL need not be shown.
    bytes.isEmpty
      ? 1 : EVP_MAC_update(context, bytes.baseAddress?.asBytes, bytes.count)
  }

  private mutating func end(into output: UnsafeMutableRawBufferPointer) -> Int32 {
    isStarted = false
    var written = 0
    let status = EVP_MAC_final(context, output.baseAddress?.asBytes, &written, output.count)
    return written == size ? status : 0
  }

  private mutating func startIfNeeded() throws(CryptoError) {
    guard !isStarted else { return }
    // No key: the one of the set-up stays.
    try check(EVP_MAC_init(context, nil, 0, nil), "EVP_MAC_init")
    isStarted = true
  }

  private func start(
    key: borrowing SecretBytes,
    parameters: [MACParameter]
  ) throws(CryptoError) {
    // OpenSSL reads texts up to a zero byte, whatever length it is told.
    var values: [UInt8] = parameters.flatMap { parameter in parameter.value + [0] }
    let status = values.withUnsafeMutableBytes { values in
      var offset = 0
      var list: [OSSL_PARAM] = []
      for parameter in parameters {
        list.append(parameter.described(at: values.baseAddress.map { $0 + offset }))
        offset += parameter.value.count + 1
      }
      list.append(OSSL_PARAM_construct_end())
      return key.withUnsafeBytes { key in
        EVP_MAC_init(context, key.baseAddress?.asBytes, key.count, list)
      }
    }
    try check(status, "EVP_MAC_init")
  }
}

/// The digests under HMAC, by their names in OpenSSL.
enum HMACDigest: String {
  case sha256 = "SHA256"
  case sha512 = "SHA512"
  case sha1 = "SHA1"
  case md5 = "MD5"

  /// The size of a code in bytes.
  var size: Int {
    switch self {
    case .sha256: 32
    case .sha512: 64
    case .sha1: 20
    case .md5: 16
    }
  }
}

/// A parameter of the set-up.
private struct MACParameter {
  enum Kind { case text, octets }

  let name: StaticString
  let kind: Kind
  let value: [UInt8]

  init(_ name: StaticString, _ kind: Kind, _ value: [UInt8]) {
    self.name = name
    self.kind = kind
    self.value = value
  }

  func described(at place: UnsafeMutableRawPointer?) -> OSSL_PARAM {
    let key = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    switch kind {
    case .text:
      return OSSL_PARAM_construct_utf8_string(
        key,
        place?.assumingMemoryBound(to: CChar.self),
        value.count
      )
    case .octets: return OSSL_PARAM_construct_octet_string(key, place, value.count)
    }
  }
}
