import BiomatchCore

/// Face vectors to be searched: one vector for each reference, all of one model.
///
/// Searches are exact: they answer what comparing the probe with every vector by ``FaceMatcher`` would.
///
/// ```swift
/// let index = FaceIndex(model: try FaceModel(name: "edgeface-xs"), dimension: 512)
/// try index.append(references: references, subjects: subjects, vectors: vectors)
/// let probes = try index.prepare(queries)
/// let results = try await index.snapshot().search(probes, FaceSearchOptions(limit: 10))
/// ```
///
/// Threads may share an index. Changes wait for each other; searches run on a ``FaceSnapshot`` and wait
/// for nothing. `docs/face-search.md` describes both.
public final class FaceIndex: Sendable {
  /// The most rows that an index has, removed ones included.
  public static let largestRowCount = IndexManifest.largestRowCount

  let store: IndexStore<FaceIndexKind>

  /// The model that made the vectors.
  public var model: FaceModel { store.kind.model }
  /// How many values a vector has.
  public var dimension: Int { store.kind.layout.dimension }
  /// The rotation that the vectors are under; `nil` for none.
  public var rotation: FaceRotation? { store.kind.rotation }
  /// Names model, dimension and rotation: probes of others are refused.
  public var parameters: ParameterDigest { store.kind.parameters }

  /// An empty index in memory.
  ///
  /// - Parameters:
  ///   - model: what makes the vectors.
  ///   - dimension: how many values each has.
  ///   - rotation: what all vectors and probes are turned by; `nil` for nothing.
  ///   - simd: the kernels, which must be available.
  /// - Throws: ``FaceVectorError/dimension(_:)`` for a dimension out of 64...4096,
  ///   ``FaceVectorError/rotation(expected:found:)`` for a rotation of another.
  public convenience init(
    model: FaceModel,
    dimension: Int,
    rotation: FaceRotation? = nil,
    simd: SIMDLevel = .active
  ) throws(FaceVectorError) {
    guard FaceVectors.dimensions.contains(dimension) else { throw .dimension(dimension) }
    if let rotation, rotation.dimension != dimension {
      throw .rotation(expected: dimension, found: rotation.dimension)
    }
    let kind = FaceIndexKind(
      model: model,
      dimension: dimension,
      rotation: rotation,
      kernels: VectorKernels(level: simd)
    )
    self.init(IndexStore(kind))
  }

  init(_ store: IndexStore<FaceIndexKind>) { self.store = store }

  /// How many vectors can be found.
  public var count: Int { snapshot().count }

  /// The state of the content; every append and removal counts it up.
  public var generation: UInt64 { snapshot().generation }

  /// The vectors as they are now, for searches.
  public func snapshot() -> FaceSnapshot { FaceSnapshot(content: store.snapshot) }

  /// Probes for searches of this index and of others of its model, dimension and rotation.
  ///
  /// - Throws: ``IndexError/dimension(expected:found:)`` for vectors of another dimension.
  /// - Complexity: O(number of values), times the dimension with a rotation.
  public func prepare(_ vectors: FaceVectors) throws(IndexError) -> [PreparedFace] {
    try snapshot().prepare(vectors)
  }

  /// Turns vectors by the rotation if there is one, brings them to unit length and adds them, all or none.
  ///
  /// - Parameters:
  ///   - references: the samples' identifiers, as many as vectors, which no other row of the index has.
  ///   - subjects: the persons', likewise as many.
  ///   - vectors: row by row.
  ///   - threads: how many work at a time, at least one; all processors unless told.
  /// - Throws: ``IndexError/duplicateReference(_:)`` when a reference is there already or twice among
  ///   those given; ``IndexError/dimension(expected:found:)``; ``IndexError`` also for other numbers of
  ///   identifiers than vectors, no threads, and where the index is damaged or full. Nothing is added
  ///   then.
  /// - Complexity: O(m log m) for m vectors, apart from encoding them; blocks the caller.
  public func append(
    references: [ReferenceID],
    subjects: [SubjectID],
    vectors: FaceVectors,
    threads: Int = ParallelScan.processorCount
  ) throws(IndexError) {
    try append(
      references: references,
      subjects: subjects,
      vectors: vectors,
      areNew: false,
      threads: threads
    )
  }

  /// Adds vectors as ``append(references:subjects:vectors:threads:)`` does.
  ///
  /// - Parameter areNew: whether the caller knows that the index has none of the references: saved rows
  ///   are then not looked through for them.
  package func append(
    references: [ReferenceID],
    subjects: [SubjectID],
    vectors: FaceVectors,
    areNew: Bool,
    threads: Int
  ) throws(IndexError) {
    guard threads > 0 else { throw .threads(threads) }
    guard vectors.dimension == dimension else {
      throw .dimension(expected: dimension, found: vectors.dimension)
    }
    for found in [references.count, subjects.count] where found != vectors.count {
      throw .identifierCount(expected: vectors.count, found: found)
    }
    guard vectors.count > 0 else { return }
    try IndexError.checkDistinct(references)
    try store.append(packed(references, subjects, vectors, threads: threads), areNew: areNew)
  }

  /// Which of the references the index has no vector of, each once, in their order.
  ///
  /// - Throws: ``IndexError`` when the index is damaged.
  /// - Complexity: O(m log n) for m references.
  public func unknown(
    _ references: some Sequence<ReferenceID>
  ) throws(IndexError) -> [ReferenceID] {
    try store.unknown(references)
  }

  /// Removes vectors; their references may be used again, and what was removed never returns.
  ///
  /// - Returns: how many there were: a reference that the index does not have is passed over.
  /// - Throws: ``IndexError`` when the index is damaged; nothing is removed then.
  @discardableResult
  public func remove(_ references: some Sequence<ReferenceID>) throws(IndexError) -> Int {
    try store.remove(references)
  }

  /// Removes all vectors of those persons.
  ///
  /// - Returns: how many there were.
  /// - Throws: ``IndexError`` when the index is damaged; nothing is removed then.
  /// - Complexity: O(n); reads every identifier.
  @discardableResult
  public func remove(subjects: some Sequence<SubjectID>) throws(IndexError) -> Int {
    try store.remove(subjects: subjects)
  }

  /// The rows, in parts of a size that is not merged any more.
  private func packed(
    _ references: [ReferenceID],
    _ subjects: [SubjectID],
    _ vectors: FaceVectors,
    threads: Int
  ) -> [MemoryFaces] {
    let (layout, kernels, rotation) = (store.kind.layout, store.kind.kernels, store.kind.rotation)
    let size = partRows
    return stride(from: 0, to: vectors.count, by: size).map { start in
      let range = start..<min(start + size, vectors.count)
      var rows = MemoryRows()
      rows.reserveCapacity(range.count)
      for row in range { rows.append(reference: references[row], subject: subjects[row]) }
      return MemoryFaces(rows, layout: layout, kernels: kernels, threads: threads) { part, target in
        vectors.values.withUnsafeBufferPointer { values in
          let first = (range.lowerBound + part.lowerBound) * layout.dimension
          kernels.normalise(
            UnsafeBufferPointer(rebasing: values[first..<first + part.count * layout.dimension]),
            dimension: layout.dimension,
            rotation,
            to: target
          )
        }
      }
    }
  }

  /// How many rows a part has that is not merged any more.
  var partRows: Int {
    let (layout, limit) = (store.kind.layout, store.kind.limits.mergedByteCount)
    let rowBytes = MemoryFaces.byteCount(rows: CodeLayout.spanRows, layout) / CodeLayout.spanRows
    return max(1, limit / rowBytes / CodeLayout.spanRows) * CodeLayout.spanRows
  }
}
