import Foundation

/// One known answer of a JSON file, which a failing test calls by its name.
///
/// The file is an object with a text `source`, which says where the answers are from, and the list
/// `vectors`. A test that takes the list as its arguments names the vector when it fails.
public protocol NamedVector: Decodable, Sendable, CustomStringConvertible {
  /// What tells the vector from others of its file.
  var name: String { get }
}

extension NamedVector {
  /// The name.
  public var description: String { name }
}

extension TestVectors {
  /// The known answers of the JSON file with that path below `Vectors/`; a file without any throws.
  public static func list<Vector: NamedVector>(
    _ path: String,
    of type: Vector.Type = Vector.self
  ) throws -> [Vector] {
    let file = try JSONDecoder().decode(VectorFile<Vector>.self, from: Data(bytes(path)))
    guard !file.vectors.isEmpty else { throw EmptyVectorFile(path: path) }
    return file.vectors
  }
}

private struct VectorFile<Vector: NamedVector>: Decodable {
  let source: String
  let vectors: [Vector]
}

private struct EmptyVectorFile: Error {
  let path: String
}

/// Bytes that a JSON file writes as hexadecimal digits.
public struct HexBytes: Decodable, Sendable, Hashable {
  /// The bytes.
  public let bytes: [UInt8]

  /// Reads an even number of hexadecimal digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let digits = Array(try container.decode(String.self).utf8)
    let nibbles = digits.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count.isMultiple(of: 2), nibbles.count == digits.count else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not hexadecimal")
    }
    bytes = stride(from: 0, to: nibbles.count, by: 2).map {
      UInt8(nibbles[$0] << 4 | nibbles[$0 + 1])
    }
  }
}
