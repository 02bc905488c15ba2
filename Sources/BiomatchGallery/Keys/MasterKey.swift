import BiomatchCore
import BiomatchCrypto

/// What the master key gives: the key that wraps the subjects' keys, and a value that tells the master
/// key from others.
///
/// The master key itself is not kept. Both depend on the gallery, so one master key may serve several.
enum MasterKey {
  static let size = 32

  /// The key that wraps others, from a master key.
  static func wrappingKey(
    from master: borrowing SecretBytes,
    gallery: GalleryID
  ) throws -> SecretBytes {
    try HKDF.derive(
      from: master,
      salt: gallery.bytes,
      info: Array("biomatch gallery wrapping key 1".utf8),
      count: Sealer.keySize
    )
  }

  /// What the key database holds to recognise its wrapping key.
  static func check(of wrappingKey: borrowing SecretBytes, gallery: GalleryID) throws -> [UInt8] {
    let key = try HKDF.derive(
      from: wrappingKey,
      salt: gallery.bytes,
      info: Array("biomatch gallery key check 1".utf8),
      count: HMACSHA256.codeSize
    )
    var hmac = try HMACSHA256(key: key)
    return try hmac.code(of: Array("biomatch gallery".utf8))
  }
}
