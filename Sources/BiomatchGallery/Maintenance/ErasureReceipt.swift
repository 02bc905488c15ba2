import BiomatchCore
import BiomatchCrypto

/// The statement of a gallery that nothing of a subject is left in its files.
///
/// It is signed with the gallery's own key, so that whoever has the public key (``Gallery/receiptKey()``)
/// can check it later, also without the gallery. A gallery in clear signs nothing: its receipts say no
/// more than that the call came to its end.
public struct ErasureReceipt: Sendable, Hashable, Codable {
  /// The version of what is signed, 1.
  public var format: Int
  /// The gallery.
  public var gallery: GalleryID
  /// Who was erased.
  public var subject: SubjectID
  /// When, by the clock of the machine, in ISO 8601 and UTC.
  public var time: String
  /// The generation that has the subject no more.
  public var generation: Int64
  /// How many samples the subject had.
  public var samples: Int64
  /// Whether the records were sealed: their key is then gone, and so is what copies of them say.
  public var sealed: Bool
  /// What the receipt says nothing of.
  public var notCovered: [String]
  /// The Ed25519 signature in hexadecimal digits; empty from a gallery in clear.
  public var signature: String

  /// What every receipt leaves out.
  static let notCovered = [
    "backups and exports of keys that were made before",
    "copies of the files that others made",
    "what the file system and the device keep of blocks that are not in use",
    "receipts and audit entries, which name the subject",
  ]

  /// Throws unless the gallery with that key signed the receipt as it is.
  ///
  /// - Throws: ``GalleryError/receipt``.
  public func check(_ key: Ed25519.PublicKey) throws {
    guard let signature = Hexadecimal.bytes(signature) else { throw GalleryError.receipt }
    do throws(CryptoError) {
      try key.verify(signature, of: signedBytes)
    } catch {
      throw GalleryError.receipt
    }
  }

  /// What the signature is of: each part with its length before it.
  var signedBytes: [UInt8] {
    var writer = ByteWriter(capacity: 512)
    writer.writeCounted("biomatch erasure receipt \(format)".utf8)
    writer.writeBytes(gallery.bytes)
    writer.writeCounted(subject.string.utf8)
    writer.writeCounted(time.utf8)
    writer.writeUInt64(UInt64(bitPattern: generation))
    writer.writeUInt64(UInt64(bitPattern: samples))
    writer.writeUInt8(sealed ? 1 : 0)
    writer.writeUInt32(UInt32(notCovered.count))
    for text in notCovered { writer.writeCounted(text.utf8) }
    return writer.bytes
  }
}
