import BiomatchCore
import BiomatchFace

/// Compares every probe with every row and sorts: what searches must answer.
public struct OracleFaceSearch {
  private let matcher: FaceMatcher
  private let references: [ReferenceID]
  private let subjects: [SubjectID]
  private let rows: UnitFaceVectors

  /// A search of rows with those identifiers, under a rotation if there is one.
  public init(
    references: [ReferenceID],
    subjects: [SubjectID],
    vectors: FaceVectors,
    rotation: FaceRotation? = nil,
    simd: SIMDLevel = .portable
  ) {
    self.references = references
    self.subjects = subjects
    matcher = FaceMatcher(simd: simd)
    rows = UnitFaceVectors(vectors, rotation: rotation, simd: simd)
  }

  /// The scores of a probe with all rows.
  public func scores(of probes: UnitFaceVectors, _ row: Int) -> [Float] {
    matcher.scores(of: probes, row, with: rows, rows: 0..<rows.count)
  }

  /// The best rows among those that `isSought`.
  public func candidates(
    of probes: UnitFaceVectors,
    _ row: Int,
    limit: Int,
    threshold: SimilarityScore?,
    where isSought: (Int) -> Bool
  ) -> [Candidate] {
    let scores = scores(of: probes, row)
    let found = scores.indices
      .filter { isSought($0) }
      .filter { index in threshold.map { SimilarityScore(scores[index]) >= $0 } ?? true }
      .sorted { a, b in
        SimilarityScore(scores[a]) == SimilarityScore(scores[b])
          ? references[a] < references[b] : scores[a] > scores[b]
      }
    return found.prefix(limit).enumerated().map { rank, index in
      Candidate(
        reference: references[index],
        subject: subjects[index],
        score: SimilarityScore(scores[index]),
        rank: rank + 1
      )
    }
  }
}
