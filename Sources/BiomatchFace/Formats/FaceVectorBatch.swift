import BiomatchCore

/// Rows of a file of face vectors that follow one another.
public struct FaceVectorBatch: Sendable, Hashable {
  /// The number of the first row in the file, counted from zero.
  public let firstRow: Int
  /// The vectors; at least one.
  public let vectors: FaceVectors
  /// The identifiers of the samples, one a row; `nil` where the file has none.
  public let references: [ReferenceID]?
  /// The identifiers of the persons, one a row; `nil` where the file has none.
  public let subjects: [SubjectID]?
}
