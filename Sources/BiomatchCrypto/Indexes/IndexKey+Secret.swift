import BiomatchCore

extension IndexKey {
  /// The size of a secret in bytes.
  public static let secretSize = Sealer.keySize

  /// The key that a secret makes.
  ///
  /// The secret may serve other purposes as well: it is never used itself, only what ``HKDF`` derives
  /// from it with the info `biomatch index key 1`. By that, ``Sealer`` seals the random key of each index.
  ///
  /// - Parameter secret: 32 random bytes, of which a copy is kept that is overwritten at the end of the
  ///   key's life.
  public init(_ secret: borrowing SecretBytes) throws(CryptoError) {
    guard secret.count == Self.secretSize else {
      let size = Self.secretSize
      throw .length(.key, .hkdfSHA256, expected: size...size, found: secret.count)
    }
    self.init(
      OuterKey(
        try HKDF.derive(
          from: secret,
          salt: [],
          info: Array("biomatch index key 1".utf8),
          count: Sealer.keySize
        )
      )
    )
  }
}

/// Seals the keys of indexes.
private final class OuterKey: IndexSealing {
  private let secret: SecretBytes

  init(_ secret: consuming SecretBytes) { self.secret = secret }

  func makeContentKey() throws(SealingError) -> any ContentKey {
    do { return IndexContentKey(try .random(count: BlockSealer.keySize)) } catch {
      throw SealingError(error)
    }
  }

  func seal(
    _ key: any ContentKey,
    authenticating data: [UInt8]
  ) throws(SealingError) -> [UInt8] {
    var result: Result<[UInt8], CryptoError> = .success([])
    key.withSecret { content in
      result = Result { () throws(CryptoError) in
        var sealer = try Sealer(key: secret)
        var output: [UInt8] = []
        try sealer.seal(content, associatedData: data.span.bytes, appendingTo: &output)
        return output
      }
    }
    do { return try result.get() } catch { throw SealingError(error) }
  }

  func open(
    _ sealed: [UInt8],
    authenticating data: [UInt8]
  ) throws(SealingError) -> any ContentKey {
    guard sealed.count == BlockSealer.keySize + Sealer.overhead else { throw .notAuthentic }
    do {
      var sealer = try Sealer(key: secret)
      return IndexContentKey(try sealer.openSecret(sealed, associatedData: data))
    } catch {
      throw SealingError(error)
    }
  }
}

extension SealingError {
  init(_ error: CryptoError) {
    self = if case .authentication = error { .notAuthentic } else { .failed(reason: error.rule) }
  }
}
