import BiomatchCore

/// The state of a ``FaceIndex`` at one moment, for searches: it never changes.
///
/// A snapshot is taken in no time and holds on to the vectors of that moment, also of those that the
/// index has removed or saved since.
public struct FaceSnapshot: Sendable {
  let content: IndexSnapshot<FaceIndexKind>
  private(set) var kernels: VectorKernels

  init(content: IndexSnapshot<FaceIndexKind>) {
    self.content = content
    kernels = content.kind.kernels
  }

  /// The state of the index; every append and removal counts it up.
  public var generation: UInt64 { content.generation }
  /// How many vectors can be found.
  public var count: Int { content.count }

  /// Probes for searches of this snapshot and of others of its model, dimension and rotation.
  ///
  /// - Throws: ``IndexError/dimension(expected:found:)`` for vectors of another dimension.
  /// - Complexity: O(number of values), times the dimension with a rotation.
  public func prepare(_ vectors: FaceVectors) throws(IndexError) -> [PreparedFace] {
    let kind = content.kind
    guard vectors.dimension == kind.layout.dimension else {
      throw .dimension(expected: kind.layout.dimension, found: vectors.dimension)
    }
    let unit = kernels.normalised(vectors.values, dimension: vectors.dimension, kind.rotation)
    return (0..<vectors.count).map { row in
      PreparedFace(
        unit: Array(unit[row * vectors.dimension..<(row + 1) * vectors.dimension]),
        parameters: kind.parameters,
        kernels: kernels
      )
    }
  }

  /// The same rows, searched with the kernels of another SIMD level, which must be available: the
  /// answers are the same.
  public func with(simd: SIMDLevel) -> FaceSnapshot {
    var snapshot = self
    snapshot.kernels = VectorKernels(level: simd)
    return snapshot
  }

  /// The rows for which `predicate` holds, for ``FaceSearchOptions/selection``.
  ///
  /// Rows are tested once here, not in the scan, which then passes over those not chosen before
  /// anything is compared.
  ///
  /// - Throws: ``IndexError`` when identifiers are damaged.
  /// - Complexity: O(n), with every identifier read.
  public func select(
    _ predicate: (ReferenceID, SubjectID) -> Bool
  ) throws(IndexError) -> RowSelection {
    var rows = RowBitmap(rowCount: content.rowCount)
    for (part, firstRow) in zip(content.parts, content.firstRows) {
      for row in 0..<part.rowCount where !content.removed.contains(firstRow + row) {
        if predicate(try part.reference(ofRow: row), try part.subject(ofRow: row)) {
          rows.insert(firstRow + row)
        }
      }
    }
    return RowSelection(layout: content.layout, rows: rows)
  }
}
