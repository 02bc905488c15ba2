import Biomatch
import BiomatchCore
import BiomatchFace

/// Face vectors beside the demonstration's index: three samples of the first identities, and whose they
/// are.
enum DemoFaceFiles {
  static let identities = 20
  static let samples = 3
  static let vectors = "faces.npy"
  static let labels = "faces.txt"

  /// Writes both files; the same bytes each time.
  static func write(_ faces: SyntheticFaces, to directory: String) throws {
    var writer = try FaceVectorWriter(
      directory + "/" + vectors,
      dimension: faces.parameters.dimension
    )
    try writer.append(faces.vectors(identities: 0..<identities, samples: 0..<samples))
    try writer.publish(durably: false)
    let subjects = (0..<identities).flatMap { identity in
      Array(repeating: SyntheticNames.subject(identity) + "\n", count: samples)
    }
    try OutputFile.write(Array(subjects.joined().utf8), to: directory + "/" + labels)
  }
}
