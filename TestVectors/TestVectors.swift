import Foundation

/// Published vectors and generated known answers; `Vectors/README.md` says where each is from.
public enum TestVectors {
  /// The bytes of the file with that path below `Vectors/`.
  public static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Bundle.module.bundleURL.appending(path: "Vectors/\(path)")))
  }
}
