import BiomatchCore
import BiomatchCrypto
import Foundation

/// Seals subjects' keys under the wrapping key, and opens them; one thread at a time.
struct KeyWrapper: ~Copyable {
  private let gallery: GalleryID
  private var sealer: Sealer

  init(wrappingKey: borrowing SecretBytes, gallery: GalleryID) throws {
    self.gallery = gallery
    sealer = try Sealer(key: wrappingKey)
  }

  /// A subject's key, sealed for its number.
  mutating func wrap(_ key: SubjectKey, number: Int64) throws -> Data {
    try Data(sealer.seal(key.bytes, associatedData: RecordBinding.key(number, gallery)))
  }

  /// The subject's key of that number.
  ///
  /// - Throws: `CryptoError` where it is not what was sealed under that number.
  mutating func unwrap(_ wrapped: Data, number: Int64) throws(CryptoError) -> SubjectKey {
    SubjectKey(try secret(wrapped, RecordBinding.key(number, gallery)))
  }

  /// The key that signs receipts, sealed.
  mutating func wrapSigningKey(_ key: borrowing SecretBytes) throws -> Data {
    try Data(sealer.seal(key, associatedData: RecordBinding.signingKey(gallery)))
  }

  /// The key that signs receipts.
  mutating func unwrapSigningKey(_ wrapped: Data) throws -> SecretBytes {
    try secret(wrapped, RecordBinding.signingKey(gallery))
  }

  /// The parts of a wrapped key by which remains of it are found, also where something else lies over some of
  /// it: every eight bytes of the ciphertext, which has neither nonce nor tag.
  static func pieces(of wrapped: [UInt8]) -> [[UInt8]] {
    let end = wrapped.count - BlockSealer.overhead
    let start = Sealer.overhead - BlockSealer.overhead
    return stride(from: start, through: end - 8, by: 8).map { Array(wrapped[$0..<$0 + 8]) }
  }

  private mutating func secret(_ wrapped: Data, _ binding: [UInt8]) throws(CryptoError)
    -> SecretBytes
  {
    var bytes = try sealer.open(Array(wrapped), associatedData: binding)
    return SecretBytes(moving: &bytes)
  }
}
