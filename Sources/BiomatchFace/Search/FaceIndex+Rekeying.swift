import BiomatchCore

extension FaceIndex {
  /// An index of the same vectors under another rotation, made without new images: for a new key when
  /// the old one may be known, for the first key of an index without, or for none.
  ///
  /// Each vector is turned back and turned anew in double precision and rounded once. Scores differ from
  /// those of a fresh enrolment by 1e-6 at most. Rows keep their identifiers and their order; removed ones
  /// stay behind. This index is left as it is: destroy it and its key once the new one is safe.
  ///
  /// - Parameters:
  ///   - rotation: the new one; `nil` for none.
  ///   - directory: where the new index is saved part by part, so that it may be larger than memory; in
  ///     memory only for `nil`. After a failure the directory holds a part of the index: remove it.
  ///     It is sealed by the key of this one, if that is sealed.
  ///   - threads: how many work at a time, at least one; all processors unless told.
  /// - Throws: ``IndexError/dimension(expected:found:)`` for a rotation of another dimension;
  ///   ``IndexError`` also for no threads, damaged rows and what ``save(to:)`` throws.
  /// - Complexity: O(n d²) for n vectors of d values; blocks the caller.
  public func rekeyed(
    to rotation: FaceRotation?,
    savingTo directory: String? = nil,
    threads: Int = ParallelScan.processorCount
  ) throws(IndexError) -> FaceIndex {
    guard threads > 0 else { throw .threads(threads) }
    if let rotation, rotation.dimension != dimension {
      throw .dimension(expected: dimension, found: rotation.dimension)
    }
    let rows = RowRuns(store.snapshot.liveRows)
    let renewed = FaceIndex(IndexStore(store.kind.turned(by: rotation)))
    if let directory { try renewed.save(to: directory, sealedBy: store.key) }
    for start in stride(from: 0, to: rows.count, by: partRows) {
      let piece = rows[start..<min(start + partRows, rows.count)]
      try renewed.store.append([turned(piece, to: rotation, threads: threads)])
      if directory != nil { try renewed.save() }
    }
    return renewed
  }

  /// The rows of this index under another rotation.
  private func turned(
    _ runs: [RowRun<FacePart>],
    to rotation: FaceRotation?,
    threads: Int
  ) throws(IndexError) -> MemoryFaces {
    let (layout, old) = (store.kind.layout, self.rotation)
    let count = runs.reduce(0) { $0 + $1.rows.count }
    var identifiers = MemoryRows()
    identifiers.reserveCapacity(count)
    var vectors: [Float] = []
    vectors.reserveCapacity(count * layout.dimension)
    for run in runs {
      for row in run.rows {
        identifiers.append(
          reference: try run.part.reference(ofRow: row),
          subject: try run.part.subject(ofRow: row)
        )
      }
      vectors += try run.part.vectors(ofRows: run.rows)
    }
    return MemoryFaces(
      identifiers,
      layout: layout,
      kernels: store.kind.kernels,
      threads: threads
    ) { [vectors] rows, target in
      let values = rows.lowerBound * layout.dimension..<rows.upperBound * layout.dimension
      vectors.withUnsafeBufferPointer { vectors in
        FaceRotation.turn(
          UnsafeBufferPointer(rebasing: vectors[values]),
          dimension: layout.dimension,
          from: old,
          to: rotation,
          target
        )
      }
    }
  }
}
