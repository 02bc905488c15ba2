import Biomatch
import BiomatchCore
import BiomatchEvaluation
import BiomatchFace

/// Face vectors of known subjects, those of each side by side.
struct LabelledFaces: Sendable {
  /// The file, as it was given.
  let path: String
  let groups: SampleGroups
  /// The vectors by position in `groups`.
  let vectors: UnitFaceVectors
  private let matcher: FaceMatcher

  /// Takes the vectors of a file.
  ///
  /// - Parameter limit: how many of a subject are taken at most, the first ones.
  init(path: String, vectors: FaceVectors, labels: [SubjectID], limit: Int?, simd: SIMDLevel) throws
  {
    self.path = path
    groups = SampleGroups(labels: labels, limit: limit)
    let rows = groups.samples
    let ordered =
      rows == Array(0..<vectors.count)
      ? vectors
      : try FaceVectors(dimension: vectors.dimension, values: rows.flatMap { vectors[$0] })
    self.vectors = UnitFaceVectors(ordered, simd: simd)
    matcher = FaceMatcher(simd: simd)
  }

  /// The name in results: that of the file without its ending.
  var name: String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
    return String(name[..<dot])
  }

  /// The scores of the vector at a position with others.
  func scores(of position: Int, with others: Range<Int>) -> [Float] {
    matcher.scores(of: vectors, position, with: vectors, rows: others)
  }

  /// How the vector at a position is named: `path#row`.
  func sampleName(at position: Int) -> String { "\(path)#\(groups.samples[position])" }
}
