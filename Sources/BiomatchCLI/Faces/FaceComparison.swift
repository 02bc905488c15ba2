import Biomatch
import BiomatchCore
import BiomatchFace

/// Compares two face vectors that are named on the command line.
struct FaceComparison {
  var options: FaceFileOptions
  var simd: SIMDLevel

  /// The cosine of two vectors.
  func score(_ a: String, _ b: String) throws -> SimilarityScore {
    let (first, second) = (NamedVector(a), NamedVector(b))
    guard first.path != "-" || second.path != "-" else {
      throw UsageError.option(
        "-",
        rule: "both vectors cannot come from the standard input",
        remedy: "give one of them as a file"
      )
    }
    let vectors = (try options.load(first), try options.load(second))
    guard vectors.0.dimension == vectors.1.dimension else {
      throw FaceVectorFileError.otherDimension(
        at: ErrorLocation(file: b),
        expected: vectors.0.dimension,
        found: vectors.1.dimension
      )
    }
    return FaceMatcher(simd: simd).score(
      UnitFaceVectors(vectors.0, simd: simd),
      0,
      UnitFaceVectors(vectors.1, simd: simd),
      0
    )
  }

  /// The threshold of `--threshold`, without which there is none.
  static func threshold(_ threshold: Double?) throws -> SimilarityScore {
    guard let threshold else {
      throw UsageError.option(
        "--threshold",
        rule: "face vectors have no default threshold: it depends on the model that made them",
        remedy: "give one, that which biomatch evaluate faces finds for an FMR, for example"
      )
    }
    guard (-1...1).contains(threshold) else {
      throw UsageError.option(
        "--threshold",
        rule: "\(threshold) is no cosine",
        remedy: "give a number from -1 to 1"
      )
    }
    return SimilarityScore(Float(threshold))
  }
}
