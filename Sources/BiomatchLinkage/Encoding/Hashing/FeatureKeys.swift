import BiomatchCrypto

/// The two keys of a feature.
final class FeatureKeys: Sendable {
  let first: SecretBytes
  let second: SecretBytes

  init(first: consuming SecretBytes, second: consuming SecretBytes) {
    self.first = first
    self.second = second
  }

  /// The keys of all features of a schema, also of those that are ignored: the number of a feature
  /// decides which bytes it gets.
  static func all(
    of schema: LinkageSchema,
    secret: borrowing SecretBytes
  ) throws(CryptoError) -> [FeatureKeys] {
    var keys: [FeatureKeys] = []
    switch schema.keyDerivation {
    case .legacy:
      for _ in schema.features {
        keys.append(FeatureKeys(first: secret.copy(), second: secret.copy()))
      }
    case .hkdf(let settings):
      let material = try HKDF.derive(
        from: secret,
        salt: settings.salt,
        info: settings.info,
        count: 2 * settings.keySize * schema.features.count,
        hash: settings.hash.algorithm
      )
      for index in schema.features.indices {
        let start = 2 * index * settings.keySize
        let middle = start + settings.keySize
        keys.append(
          FeatureKeys(
            first: part(of: material, start..<middle),
            second: part(of: material, middle..<middle + settings.keySize)
          )
        )
      }
    }
    return keys
  }

  private static func part(
    of material: borrowing SecretBytes,
    _ range: Range<Int>
  ) -> SecretBytes {
    material.withBytes { SecretBytes(copying: $0.extracting(range)) }
  }
}
