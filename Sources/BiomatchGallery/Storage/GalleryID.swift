import BiomatchCrypto
import Foundation

/// The random identity of a gallery, which its keys and sealed records are bound to.
public struct GalleryID: Sendable, Hashable, Codable, CustomStringConvertible {
  private let uuid: UUID

  /// A new identity.
  static func random() -> GalleryID { GalleryID(uuid: UUID()) }

  private init(uuid: UUID) { self.uuid = uuid }

  /// The identity as texts write it, `6f1c0c1e-…`; `nil` for a text that is none.
  public init?(_ text: String) {
    guard let uuid = UUID(uuidString: text) else { return nil }
    self.uuid = uuid
  }

  /// Decodes from its text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = GalleryID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a UUID")
    }
    self = id
  }

  /// Encodes as its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// The 16 bytes.
  var bytes: [UInt8] { withUnsafeBytes(of: uuid.uuid) { Array($0) } }

  /// The text in small letters.
  public var description: String { uuid.uuidString.lowercased() }
}
