import BiomatchCore

/// What tells linkage schemas apart: the SHA-256 of the schema that codes were made by.
///
/// Codes are compared only where their digests are equal: bits of other schemas mean other things.
public struct SchemaDigest: Sendable, Hashable {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// The digest with the given bytes; `nil` unless there are 32.
  public init?(bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// The digest written as 64 hexadecimal digits; `nil` for another text.
  public init?(hex: String) {
    guard let digest = ParameterDigest(hex: hex) else { return nil }
    self.init(bytes: digest.bytes)
  }

  /// The bytes as lower-case hexadecimal digits.
  public var hex: String { ParameterDigest(bytes: bytes)?.hex ?? "" }
}

extension SchemaDigest: CustomStringConvertible {
  /// The same as ``hex``.
  public var description: String { hex }
}
