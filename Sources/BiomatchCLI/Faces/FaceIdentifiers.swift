import Biomatch
import BiomatchCore
import BiomatchFace

/// How the vectors of a file are called: by lists beside it, by its own columns, or by their rows.
struct FaceIdentifiers {
  private let references: [ReferenceID]?
  private let subjects: [SubjectID]?

  /// Reads the lists, which have as many entries as there are vectors, where that is known.
  init(_ options: FaceIndexOptions, rowCount: Int?) throws {
    references = try options.ids.map {
      try IdentifierList.references($0, column: options.idColumn, count: rowCount)
    }
    subjects = try options.labels.map {
      try IdentifierList.subjects($0, column: options.labelColumn, count: rowCount)
    }
  }

  /// The identifiers of a batch's vectors; a person of its own for each where nothing is said.
  func names(
    of batch: FaceVectorBatch
  ) throws -> (references: [ReferenceID], subjects: [SubjectID]) {
    let rows = batch.firstRow..<batch.firstRow + batch.vectors.count
    for list in [references?.count, subjects?.count] {
      if let list, list < rows.upperBound { throw count(list, isBelow: rows.upperBound) }
    }
    let references =
      try references.map { Array($0[rows]) } ?? batch.references
      ?? rows.map { try ReferenceID("row\($0)") }
    let subjects =
      try subjects.map { Array($0[rows]) } ?? batch.subjects
      ?? references.map { try SubjectID($0.string) }
    return (references, subjects)
  }

  /// Checks that no list has more entries than there are vectors.
  func checkCount(_ rowCount: Int, of path: String) throws {
    for list in [references?.count, subjects?.count] {
      if let list, list != rowCount { throw count(list, isBelow: rowCount) }
    }
  }

  private func count(_ found: Int, isBelow expected: Int) -> IndexError {
    .identifierCount(expected: expected, found: found)
  }
}
