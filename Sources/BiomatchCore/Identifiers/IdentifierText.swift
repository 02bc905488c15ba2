/// The text of an identifier: 1 to 64 bytes of UTF-8, compared and hashed byte by byte.
///
/// `String` compares by canonical equivalence: a precomposed é and an e with a combining accent are
/// equal to it. Two identifiers from another system may differ in just that, and then they are two.
struct IdentifierText: Sendable {
  static let maximumByteCount = 64

  let string: String

  init(_ string: String, kind: IdentifierKind) throws(IdentifierError) {
    var string = string
    // Bridged strings may lack contiguous storage, which every comparison below relies on for speed.
    string.makeContiguousUTF8()
    let utf8 = string.utf8
    guard !utf8.isEmpty else { throw .empty(kind) }
    guard utf8.count <= Self.maximumByteCount else { throw .tooLong(kind, bytes: utf8.count) }
    for (offset, byte) in utf8.enumerated() where byte == 0 { throw .nul(kind, offset: offset) }
    self.string = string
  }

  init(utf8: some Sequence<UInt8>, kind: IdentifierKind) throws(IdentifierError) {
    let bytes = Array(utf8)
    guard bytes.count <= Self.maximumByteCount else { throw .tooLong(kind, bytes: bytes.count) }
    guard let string = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(kind) }
    try self.init(string, kind: kind)
  }
}

extension IdentifierText: Hashable {
  static func == (lhs: Self, rhs: Self) -> Bool {
    lhs.string.utf8.count == rhs.string.utf8.count
      && lhs.string.utf8.elementsEqual(rhs.string.utf8)
  }

  func hash(into hasher: inout Hasher) {
    let hashed: Void? = string.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    precondition(hashed != nil, "the initialiser made the text contiguous")
    // UTF-8 never has this byte: it ends the text, so that neighbouring identifiers do not run
    // together in a composite key.
    hasher.combine(0xFF as UInt8)
  }
}

extension IdentifierText: Comparable {
  static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.string.utf8.lexicographicallyPrecedes(rhs.string.utf8)
  }
}

extension IdentifierText {
  init(from decoder: any Decoder, kind: IdentifierKind) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(container.decode(String.self), kind: kind)
    } catch let error as IdentifierError {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: error.description,
          underlyingError: error
        )
      )
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(string)
  }
}
