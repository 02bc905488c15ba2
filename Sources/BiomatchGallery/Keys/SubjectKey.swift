import BiomatchCrypto

/// The data key of one subject, shared by whatever seals for them.
final class SubjectKey: Sendable {
  let bytes: SecretBytes

  init(_ bytes: consuming SecretBytes) { self.bytes = bytes }

  /// A new key.
  static func random() throws -> SubjectKey {
    try SubjectKey(SecretBytes.random(count: Sealer.keySize))
  }
}
