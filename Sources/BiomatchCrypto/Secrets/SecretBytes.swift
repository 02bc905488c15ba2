import COpenSSL

/// The one owner of key material, which is overwritten with zeros at the end of its life.
///
/// It cannot be copied by accident, printed or encoded: no such conformance exists, and
/// ``description`` tells the length alone. Its bytes are seen within ``withBytes(_:)`` only.
///
/// ```swift
/// let key = try SecretBytes.random(count: 32)
/// key.description  // "secret of 32 bytes"
/// ```
///
/// The memory is the heap's: the system may write it to swap space or into a core dump, which is to
/// be prevented where the process is run. Copies that a caller makes are the caller's to overwrite.
public struct SecretBytes: ~Copyable, @unchecked Sendable {
  // Nothing changes the bytes after the initialiser, until the last owner overwrites them.
  private let storage: UnsafeMutableRawBufferPointer
  private let ownsMemory: Bool

  deinit {
    OPENSSL_cleanse(storage.baseAddress, storage.count)
    if ownsMemory { storage.deallocate() }
  }

  /// A secret in memory that the caller frees later, which shows that it was overwritten.
  init(observing memory: UnsafeMutableRawBufferPointer) {
    storage = memory
    ownsMemory = false
  }

  /// A secret of `count` bytes, all zero until `fill` writes them.
  package init(count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void = { _ in }) {
    precondition(count >= 0, "a count of bytes is never negative")
    // At least one byte, so that OpenSSL is never given a null pointer for an empty key.
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    storage = UnsafeMutableRawBufferPointer(rebasing: memory[..<count])
    ownsMemory = true
    fill(storage)
  }

  /// A secret that equals `bytes`, which stay where they are: see ``init(moving:)``.
  public init(copying bytes: RawSpan) {
    self.init(count: bytes.byteCount) { memory in
      bytes.withUnsafeBytes { memory.copyMemory(from: $0) }
    }
  }

  /// A secret that equals `bytes`, which stay where they are: see ``init(moving:)``.
  public init(copying bytes: [UInt8]) { self.init(copying: bytes.span.bytes) }

  /// A secret that equals `bytes`, which are overwritten with zeros.
  ///
  /// Other copies of the array, and what it left behind when it grew, keep the bytes.
  public init(moving bytes: inout [UInt8]) {
    self.init(copying: bytes.span.bytes)
    bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
  }

  /// A new secret from the generator of ``SecureRandom``.
  public static func random(count: Int) throws(CryptoError) -> SecretBytes {
    let secret = SecretBytes(count: count)
    try fillPrivately(secret.storage)
    return secret
  }

  /// How many bytes there are.
  public var count: Int { storage.count }

  /// The length, never the bytes.
  public var description: String { "secret of \(count) bytes" }

  /// Calls `body` with the bytes, which must not be kept beyond it.
  public func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(storage).bytes)
  }

  /// Whether both are equal, in a time that depends on the lengths alone.
  public func isEqual(to other: borrowing SecretBytes) -> Bool {
    ConstantTime.equal(UnsafeRawBufferPointer(storage), UnsafeRawBufferPointer(other.storage))
  }

  /// Another owner of the same bytes.
  public func copy() -> SecretBytes { SecretBytes(copying: UnsafeRawBufferPointer(storage).bytes) }

  // MARK: Within this package

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(storage))
  }

  /// Gives the bytes to whoever makes them; only where nobody else can have the secret yet or any more.
  package mutating func withUnsafeMutableBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(storage)
  }

  /// Replaces bytes from `offset` on by the first `count` of another secret.
  mutating func overwrite(at offset: Int, with other: borrowing SecretBytes, count: Int) {
    let target = UnsafeMutableRawBufferPointer(rebasing: storage[offset..<offset + count])
    target.copyMemory(from: UnsafeRawBufferPointer(rebasing: other.storage[..<count]))
  }
}
