import BiomatchCrypto

extension FeaturePlan {
  /// Sets the bits of all tokens of a value, and says how many tokens there were.
  ///
  /// `token` is a buffer.
  func setTokens(
    of scalars: inout [UInt32],
    in row: BitRow,
    token: inout [UInt8]
  ) throws(FeatureFailure) -> Int {
    guard !scalars.isEmpty else { return 0 }
    var first: Int128 = 0
    if case .numeric(let neighbourhood) = encoding.comparison {
      guard let found = neighbourhood.firstToken(of: scalars) else {
        throw .rule(
          RecordRuleBroken(.number, "the value must be a number, and not too large for the feature")
        )
      }
      first = found
    }
    do throws(CryptoError) {
      switch encoding.comparison {
      case .ngrams(let n, let isPositional):
        return try setNgrams(n, isPositional, of: &scalars, in: row, token: &token)
      case .exact:
        try setValue(scalars, in: row, token: &token)
        return 1
      case .numeric(let neighbourhood):
        try setNumbers(from: first, neighbourhood, in: row, token: &token)
        return neighbourhood.tokenCount
      }
    } catch {
      throw .crypto(error)
    }
  }

  private func setNgrams(
    _ n: Int,
    _ isPositional: Bool,
    of scalars: inout [UInt32],
    in row: BitRow,
    token: inout [UInt8]
  ) throws(CryptoError) -> Int {
    if n > 1 {
      let spaces = repeatElement(UInt32(0x20), count: n - 1)
      scalars.insert(contentsOf: spaces, at: 0)
      scalars.append(contentsOf: spaces)
    }
    let count = scalars.count - n + 1
    let (bits, more) = share(of: count)
    let window: UInt64 = n >= 3 ? .max >> 1 : 1 << UInt64(21 * n) - 1
    var characters: UInt64 = 0
    for scalar in scalars.prefix(max(n - 1, 0)) { characters = characters << 21 | UInt64(scalar) }
    for index in 0..<count {
      let bits = index < more ? bits + 1 : bits
      if bits == 0 { break }
      guard 1...3 ~= n else {
        write(scalars[index..<index + n], position: isPositional ? index + 1 : nil, to: &token)
        try hasher.set(bits, bitsOf: token, in: row)
        continue
      }
      characters = (characters << 21 | UInt64(scalars[index + n - 1])) & window
      let key = TokenKey(
        characters: characters,
        position: isPositional ? index + 1 : 0,
        bits: bits
      )
      let (mask, isNew) = masks.find(key)
      if isNew {
        write(scalars[index..<index + n], position: isPositional ? index + 1 : nil, to: &token)
        try fill(mask, bits, token)
      }
      row.formUnion(mask)
    }
    return count
  }

  private func setValue(
    _ scalars: [UInt32],
    in row: BitRow,
    token: inout [UInt8]
  ) throws(CryptoError) {
    let (bits, _) = share(of: 1)
    write(scalars[...], position: nil, to: &token)
    guard let key = TokenKey(value: token, bits: bits) else {
      return try hasher.set(bits, bitsOf: token, in: row)
    }
    let (mask, isNew) = masks.find(key)
    if isNew { try fill(mask, bits, token) }
    row.formUnion(mask)
  }

  private func setNumbers(
    from first: Int128,
    _ neighbourhood: NumericNeighbourhood,
    in row: BitRow,
    token: inout [UInt8]
  ) throws(CryptoError) {
    let (bits, more) = share(of: neighbourhood.tokenCount)
    for index in 0..<neighbourhood.tokenCount {
      let bits = index < more ? bits + 1 : bits
      if bits == 0 { break }
      let number = first + Int128(index) * neighbourhood.interval
      guard let small = Int64(exactly: number) else {
        write(String(number).unicodeScalars.map(\.value)[...], position: nil, to: &token)
        try hasher.set(bits, bitsOf: token, in: row)
        continue
      }
      let (mask, isNew) = masks.find(TokenKey(number: small, bits: bits))
      if isNew {
        write(String(small).unicodeScalars.map(\.value)[...], position: nil, to: &token)
        try fill(mask, bits, token)
      }
      row.formUnion(mask)
    }
  }

  private func fill(
    _ mask: BitRow,
    _ bits: Int,
    _ token: [UInt8]
  ) throws(CryptoError) {
    do { try hasher.set(bits, bitsOf: token, in: mask) } catch {
      // Half of its bits must not be taken for all of them later on.
      masks.removeAll()
      throw error
    }
  }

  /// The bytes of a token: its characters, after its position and a space where there is one.
  private func write(
    _ scalars: ArraySlice<UInt32>,
    position: Int?,
    to token: inout [UInt8]
  ) {
    token.removeAll(keepingCapacity: true)
    token.append(contentsOf: characters.mark)
    if let position {
      for scalar in String(position).unicodeScalars { characters.append(scalar.value, to: &token) }
      characters.append(0x20, to: &token)
    }
    for scalar in scalars { characters.append(scalar, to: &token) }
  }
}

/// Why the tokens of a value could not be set.
enum FeatureFailure: Error {
  case rule(RecordRuleBroken)
  case crypto(CryptoError)
}
