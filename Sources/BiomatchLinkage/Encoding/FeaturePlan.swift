import BiomatchCrypto

/// A feature made ready: its rules, hash and memory of tokens. Of use to one thread at a time.
final class FeaturePlan {
  let encoding: FeatureEncoding
  let identifier: String
  let checksFormat: Bool
  let characters: CharacterEncoding
  let sentinel: [UInt8]?
  let replacement: [UInt32]
  let allowed: Set<[UInt8]>
  let masks: TokenMasks
  let hasher: TokenHasher

  init(
    _ identifier: String,
    _ encoding: FeatureEncoding,
    keys: FeatureKeys,
    schema: LinkageSchema,
    checksFormat: Bool = true
  ) throws(CryptoError) {
    self.encoding = encoding
    self.identifier = identifier
    self.checksFormat = checksFormat
    characters = encoding.characters
    sentinel = encoding.missingValue.map { Array($0.sentinel.utf8) }
    replacement = encoding.missingValue?.replacement.unicodeScalars.map(\.value) ?? []
    if case .values(let values) = encoding.format {
      allowed = Set(values.map { Array($0.utf8) })
    } else {
      allowed = []
    }
    masks = TokenMasks(wordsPerMask: (schema.hashedBits + 63) / 64)
    hasher = try TokenHasher(encoding.hash, keys: keys, bits: schema.hashedBits)
  }

  /// How many bits each of `count` tokens sets: the first `more` of them one more than the others.
  @inline(__always)
  func share(of count: Int) -> (bits: Int, more: Int) {
    switch encoding.strategy {
    case .bitsPerToken(let bits): (bits, 0)
    case .bitsPerFeature(let bits): (bits / count, bits % count)
    }
  }
}
