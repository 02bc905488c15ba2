import BiomatchCrypto

/// A rotation of face vectors that a key chooses: what is stored can be renewed by another key, and
/// databases under different keys cannot be linked.
///
/// Angles stay, so scores of vectors under one rotation are those without it, up to the rounding of the
/// stored values (2e-6 at most). Vectors under different rotations are like those of strangers.
///
/// ```swift
/// let key = try SecretBytes.random(count: FaceRotation.keySize)
/// let rotation = try FaceRotation(key: key, dimension: 512)
/// let index = try FaceIndex(model: model, dimension: 512, rotation: rotation)
/// ```
///
/// The map is one of all orthonormal ones, reflections included, each as likely as the other (the Haar
/// distribution), and the same bits for a key on every machine. `docs/face-rotation.md` tells what it
/// protects against and what not: whoever has as many vectors before and after the rotation as they have
/// values can compute it.
///
/// The map is as secret as the key. It lives in memory that is overwritten when the last reference to
/// the rotation is gone, is never printed and cannot be encoded.
///
/// Sources: ISO/IEC 24745:2022 (renewable biometric references); Stewart, "The efficient generation of
/// random orthogonal matrices with an application to condition estimators", SIAM Journal on Numerical
/// Analysis 17(3), 1980, doi:10.1137/0717034; Mezzadri, "How to generate random matrices from the
/// classical compact groups", Notices of the AMS 54(5), 2007, arXiv:math-ph/0609050.
public final class FaceRotation: Sendable {
  /// The size of a key in bytes.
  public static let keySize = KeyStream.keySize

  /// How many values a vector has.
  public let dimension: Int
  /// Tells rotations apart and nothing about their keys: 32 hexadecimal digits. Indexes keep it.
  public let identifier: String

  let reflections: HaarReflections

  /// The rotation of vectors of that dimension under `key`.
  ///
  /// - Parameters:
  ///   - key: ``keySize`` bytes, chosen at random; each dimension has a rotation of its own under it.
  ///   - dimension: 64...4096.
  /// - Throws: `CryptoError` for a key of another size, ``FaceVectorError/dimension(_:)``.
  /// - Complexity: O(d²) for the dimension d, 4 d² bytes: 1 MB at 512, 67 MB at 4096.
  public init(key: borrowing SecretBytes, dimension: Int) throws {
    guard FaceVectors.dimensions.contains(dimension) else {
      throw FaceVectorError.dimension(dimension)
    }
    self.dimension = dimension
    let context = Array("\(dimension)".utf8)
    var names = try KeyStream(key: key, label: "face rotation identifier 1", context: context)
    identifier = try names.bytes(16).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
    var stream = try KeyStream(key: key, label: "face rotation 1", context: context)
    reflections = try HaarReflections(dimension: dimension, &stream)
  }
}

extension FaceRotation: CustomStringConvertible, CustomReflectable {
  /// The identifier, never the map.
  public var description: String { "face rotation \(identifier)" }

  /// Shows no more than ``description``.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
