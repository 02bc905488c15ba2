import BiomatchCore

// A saved index is a directory; `docs/formats/face-index.md` describes it.
extension FaceIndex {
  /// Opens the index saved in a directory.
  ///
  /// Its vectors are mapped, not read: opening takes as long for a million as for a thousand. What a
  /// search touches is checked when it is touched for the first time, everything by ``verify()``.
  /// Changes stay in memory until ``save()``.
  ///
  /// - Parameters:
  ///   - model: what the vectors must have been made by; any model for `nil`.
  ///   - rotation: the one that the vectors are under; `nil` for none.
  ///   - simd: the kernels, which must be available.
  /// - Throws: ``IndexError``; ``IndexError/wrongModel(path:expected:found:)`` for vectors of another
  ///   model, ``IndexError/wrongRotation(path:expected:found:)`` for those under another rotation.
  public convenience init(
    opening directory: String,
    model: FaceModel? = nil,
    rotation: FaceRotation? = nil,
    simd: SIMDLevel = .active
  ) throws(IndexError) {
    let kernels = VectorKernels(level: simd)
    let store = try IndexStore<FaceIndexKind>(opening: directory) { manifest throws(IndexError) in
      guard let kind = FaceIndexKind(manifest, kernels: kernels) else {
        throw .corruptManifest(
          path: IndexDirectory(path: directory).path(of: IndexFileName.manifest)
        )
      }
      if let model, model != kind.model {
        throw .wrongModel(path: directory, expected: "\(model)", found: "\(kind.model)")
      }
      let found = manifest[detail: "rotation"]?.text
      guard found == rotation?.identifier else {
        throw .wrongRotation(path: directory, expected: rotation?.identifier, found: found)
      }
      return kind.turned(by: rotation)
    }
    self.init(store)
  }

  /// The directory that the index is saved in; `nil` while it is in memory only.
  public var directory: String? { store.directory }

  /// The names of the other files of the saved index, in byte order; none while it is in memory only.
  package var fileNames: [String] { store.fileNames }

  /// Saves the index in a directory, which is created if it does not exist, as an index of its own;
  /// from then on ``save()`` saves there.
  ///
  /// - Throws: ``IndexError/exists(path:)`` when the directory holds an index already, unless it is this
  ///   one; ``IndexError`` also when files cannot be written, as with ``save()``.
  public func save(to directory: String) throws(IndexError) { try store.save(to: directory) }

  /// Saves what was added and removed since the index was opened or saved: new vectors as a new segment,
  /// removals as new marks, then a new manifest. Small segments are merged with the new one. When this
  /// returns, they are safe also from a loss of power.
  ///
  /// When it fails or the process ends before, the saved index is as it was; only where nothing but the
  /// last step fails, which makes the new manifest's name durable, a loss of power leaves the old index
  /// or the new one, whole. The changes stay in memory after every failure, and another call saves them.
  ///
  /// Appends and removals wait meanwhile, searches do not.
  ///
  /// - Throws: ``IndexError/changed(path:)`` when another process has saved since,
  ///   ``IndexError/locked(path:)`` while one does, ``IndexError/neverSaved`` before ``save(to:)``, and
  ///   others.
  public func save() throws(IndexError) { try store.save() }

  /// Drops removed vectors for good and merges segments, as far as there is anything to gain. An index
  /// that is saved is written anew as a whole, with what was not saved yet.
  ///
  /// - Throws: what ``save()`` does, apart from ``IndexError/neverSaved``.
  /// - Complexity: O(n log n); reads and writes every vector.
  public func compact() throws(IndexError) { try store.compact() }

  /// Checks every byte of the saved segments and every rule of the format: that vectors have unit
  /// length, and that codes are those of the vectors.
  ///
  /// - Throws: ``IndexError`` for the first damage.
  /// - Complexity: reads and encodes everything; memory grows with the number of vectors.
  public func verify() throws(IndexError) { try store.verify() }
}
