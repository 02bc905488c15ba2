import BiomatchCore
import BiomatchCrypto

extension LinkageSchema {
  /// The lengths that a code may have.
  public static let bitRange = 64...4096
  static let foldRange = 0...6
  /// What the 16 bits of `blakeHash` reach.
  static let mostHashedBits = 1 << 16
  static let mostFeatures = 1024
  static let tokenBitRange = 1...65_535
  static let ngramRange = 1...64

  /// Checks all rules that go beyond the kinds of values.
  func checkRules() throws(LinkageSchemaError) {
    try Self.require(bits, within: Self.bitRange, "$.clkConfig.l")
    guard bits.isMultiple(of: 8) else {
      throw .breaking(.range, "$.clkConfig.l", "a code must have whole bytes, found \(bits) bits")
    }
    try Self.require(folds, within: Self.foldRange, "$.clkConfig.xor_folds")
    guard hashedBits <= Self.mostHashedBits else {
      throw .breaking(
        .range,
        "$.clkConfig.xor_folds",
        "there must be at most \(Self.mostHashedBits) bits before folding, found \(hashedBits)"
      )
    }
    guard features.count <= Self.mostFeatures else {
      throw .breaking(
        .range,
        "$.features",
        "there must be at most \(Self.mostFeatures) features, found \(features.count)"
      )
    }
    if case .hkdf(let settings) = keyDerivation {
      try Self.require(settings.keySize, within: 1...4096, "$.clkConfig.kdf.keySize")
      let most = HKDF.maximumCount(settings.hash.algorithm)
      let needed = 2 * settings.keySize * features.count
      guard needed <= most else {
        throw .breaking(
          .range,
          "$.clkConfig.kdf.keySize",
          "HKDF gives at most \(most) bytes, two keys for each of \(features.count) features need "
            + "\(needed)"
        )
      }
    }
    for (index, feature) in features.enumerated() {
      if let encoding = feature.encoding {
        try check(encoding, "$.features[\(index)]")
      }
    }
    guard features.contains(where: { $0.encoding != nil }) else {
      throw .breaking(.features, "$.features", "at least one feature must be encoded")
    }
  }

  private func check(_ encoding: FeatureEncoding, _ path: String) throws(LinkageSchemaError) {
    if case .text(let format) = encoding.format {
      try Self.require(format.minimumLength, within: 0...1 << 20, "\(path).format.minLength")
      try Self.require(format.maximumLength, within: 1...1 << 20, "\(path).format.maxLength")
    }
    switch encoding.comparison {
    case .ngrams(let n, _):
      try Self.require(n, within: Self.ngramRange, "\(path).hashing.comparison.n")
    case .exact, .numeric: break
    }
    switch encoding.strategy {
    case .bitsPerToken(let count):
      try Self.require(
        count,
        within: Self.tokenBitRange,
        "\(path).hashing.strategy.bitsPerToken"
      )
    case .bitsPerFeature(let count):
      try Self.require(
        count,
        within: Self.tokenBitRange,
        "\(path).hashing.strategy.bitsPerFeature"
      )
    }
    if let missing = encoding.missingValue {
      let text = missing.replacement
      if encoding.characters == .ascii, !text.utf8.allSatisfy({ $0 < 0x80 }) {
        throw .breaking(
          .encoding,
          "\(path).hashing.missingValue",
          "what is encoded for a missing value must be ASCII like the feature, found '\(text)'"
        )
      }
    }
    if encoding.hash == .blake { try checkBlake("\(path).hashing.hash") }
  }

  private func checkBlake(_ path: String) throws(LinkageSchemaError) {
    guard hashedBits & (hashedBits - 1) == 0 else {
      throw .breaking(
        .hash,
        path,
        "blakeHash needs codes of a power of two, found \(hashedBits) bits before folding"
      )
    }
    guard case .hkdf(let settings) = keyDerivation, settings.keySize > KeyedBLAKE2b.maximumKeySize
    else { return }
    throw .breaking(
      .hash,
      path,
      "blakeHash needs keys of at most 64 bytes, found keySize \(settings.keySize)"
    )
  }

  private static func require(
    _ value: Int?,
    within range: ClosedRange<Int>,
    _ path: String
  ) throws(LinkageSchemaError) {
    guard let value, !range.contains(value) else { return }
    throw .breaking(
      .range,
      path,
      "the number must be within \(range.lowerBound)...\(range.upperBound), found \(value)"
    )
  }
}

extension LinkageSchemaError {
  static func breaking(
    _ rule: LinkageSchemaRule,
    _ path: String,
    _ text: String
  ) -> LinkageSchemaError {
    .broken(LinkageSchemaFinding(rule: rule, file: nil, path: path, text: text))
  }

  /// The same error about a file.
  func naming(_ file: String?) -> LinkageSchemaError {
    guard case .broken(var finding) = self else { return self }
    finding.file = file
    return .broken(finding)
  }
}

extension HKDFSettings.Hash {
  var algorithm: HashAlgorithm {
    switch self {
    case .sha256: .sha256
    case .sha512: .sha512
    }
  }
}
