import BiomatchCrypto

/// Turns the bytes of a token into bits under the keys of one feature. Of use to one thread at a time.
final class TokenHasher {
  private let bits: Int
  private let preventSingularity: Bool
  private var blake: [BlakeSlice] = []
  private let keys: FeatureKeys
  private let double: DoubleHash?

  /// - Throws: `CryptoError` when a key has a size that the hash does not take.
  init(_ hash: TokenHash, keys: FeatureKeys, bits: Int) throws(CryptoError) {
    self.bits = bits
    self.keys = keys
    switch hash {
    case .blake:
      preventSingularity = false
      double = nil
      blake = [try BlakeSlice(0, keys: keys)]
    case .double(let preventSingularity):
      self.preventSingularity = preventSingularity
      double = try DoubleHash(keys: keys)
    }
  }

  /// Sets `count` bits of the token, not all of them different.
  func set(
    _ count: Int,
    bitsOf token: [UInt8],
    in row: BitRow
  ) throws(CryptoError) {
    guard count > 0 else { return }
    if let double {
      try setDouble(double, count, bitsOf: token, in: row)
    } else {
      try setBlake(count, bitsOf: token, in: row)
    }
  }

  /// Each code of 64 bytes gives 32 numbers of 16 bits, least byte first.
  private func setBlake(
    _ count: Int,
    bitsOf token: [UInt8],
    in row: BitRow
  ) throws(CryptoError) {
    var code = [UInt8](repeating: 0, count: KeyedBLAKE2b.codeSize)
    var left = count
    var slice = 0
    while left > 0 {
      if slice == blake.count { blake.append(try BlakeSlice(slice, keys: keys)) }
      let slicer = blake[slice]
      var span = code.mutableSpan
      var output = span.mutableBytes
      try slicer.hash.write(codeOf: token.span.bytes, to: &output)
      for index in 0..<min(left, 32) {
        let number = Int(code[2 * index]) | Int(code[2 * index + 1]) << 8
        row.set(number % bits)
      }
      left -= 32
      slice += 1
    }
  }

  private func setDouble(
    _ double: DoubleHash,
    _ count: Int,
    bitsOf token: [UInt8],
    in row: BitRow
  ) throws(CryptoError) {
    let first = try remainder(of: token, by: double.sha1)
    var step = try remainder(of: token, by: double.md5)
    if preventSingularity {
      var suffix: UInt32 = 0
      while step == 0 {
        var longer = token
        CharacterEncoding.utf8.append(suffix, to: &longer)
        step = try remainder(of: longer, by: double.md5)
        suffix += 1
      }
    }
    var bit = first
    for _ in 0..<count {
      row.set(bit)
      bit += step
      if bit >= bits { bit -= bits }
    }
  }

  /// The code as a number, most significant byte first, modulo the bits of a row.
  private func remainder(
    of token: [UInt8],
    by legacy: LegacyCode
  ) throws(CryptoError) -> Int {
    var code = [UInt8](repeating: 0, count: legacy.size)
    var span = code.mutableSpan
    var output = span.mutableBytes
    try legacy.hash.write(codeOf: token.span.bytes, to: &output)
    return code.reduce(0) { ($0 << 8 | Int($1)) % bits }
  }
}

/// BLAKE2b under the first key of a feature, with the number of the slice as its salt.
private final class BlakeSlice {
  var hash: KeyedBLAKE2b

  init(_ number: Int, keys: FeatureKeys) throws(CryptoError) {
    hash = try KeyedBLAKE2b(key: keys.first, salt: Array(String(number).utf8))
  }
}

private final class DoubleHash {
  let sha1: LegacyCode
  let md5: LegacyCode

  init(keys: FeatureKeys) throws(CryptoError) {
    sha1 = try LegacyCode(LegacyHMAC(.sha1, key: keys.first))
    md5 = try LegacyCode(LegacyHMAC(.md5, key: keys.second))
  }
}

private final class LegacyCode {
  var hash: LegacyHMAC
  let size: Int

  init(_ hash: consuming LegacyHMAC) {
    size = hash.codeSize
    self.hash = hash
  }
}

extension CharacterEncoding {
  /// What stands before every token.
  var mark: [UInt8] {
    switch self {
    case .ascii, .utf8: []
    case .utf16: [0xFF, 0xFE]
    case .utf32: [0xFF, 0xFE, 0, 0]
    }
  }

  /// Adds the bytes of a character; a number that is none adds nothing.
  func append(_ value: UInt32, to bytes: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(value) else { return }
    switch self {
    case .ascii, .utf8:
      if value < 0x80 { return bytes.append(UInt8(value)) }
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    case .utf16:
      for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
        bytes.append(UInt8(unit & 255))
        bytes.append(UInt8(unit >> 8))
      }
    case .utf32:
      for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(value >> shift & 255)) }
    }
  }
}
