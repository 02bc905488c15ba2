import BiomatchCore

// A saved index is a directory; `docs/formats/face-index.md` describes it.
extension FaceIndex {
  /// Opens the index saved in a directory.
  ///
  /// Its vectors are mapped, not read: opening takes as long for a million as for a thousand. What a
  /// search touches is checked when it is touched for the first time, everything by ``verify()``.
  /// Of a sealed index, what a search touches is opened in memory when it is touched for the first time.
  /// Changes stay in memory until ``save(mergingUpTo:)``.
  ///
  /// - Parameters:
  ///   - model: what the vectors must have been made by; any model for `nil`.
  ///   - rotation: the one that the vectors are under; `nil` for none.
  ///   - key: what the index is sealed by; `nil` for an index that is not sealed.
  ///   - simd: the kernels, which must be available.
  /// - Throws: ``IndexError``; ``IndexError/wrongModel(path:expected:found:)`` for vectors of another
  ///   model, ``IndexError/wrongRotation(path:expected:found:)`` for those under another rotation,
  ///   ``IndexError/sealed(path:)``, ``IndexError/notSealed(path:)`` and ``IndexError/wrongKey(path:)``
  ///   where the index is not sealed by the key.
  public convenience init(
    opening directory: String,
    model: FaceModel? = nil,
    rotation: FaceRotation? = nil,
    sealedBy key: IndexKey? = nil,
    simd: SIMDLevel = .active
  ) throws(IndexError) {
    let kernels = VectorKernels(level: simd)
    let store = try IndexStore<FaceIndexKind>(
      opening: directory,
      sealedBy: key
    ) { manifest throws(IndexError) in
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

  /// Whether the saved index is sealed; `false` while it is in memory only.
  public var isSealed: Bool { store.isSealed }

  /// Saves the index in a directory, which is created if it does not exist, as an index of its own;
  /// from then on ``save(mergingUpTo:)`` saves there.
  ///
  /// - Parameter key: what seals everything of the rows and their identifiers on disk; `nil` for the key
  ///   of this index if it is sealed, and for no sealing if it is not.
  /// - Throws: ``IndexError/exists(path:)`` when the directory holds an index already, unless it is this
  ///   one; ``IndexError`` also when files cannot be written, as with ``save(mergingUpTo:)``.
  public func save(
    to directory: String,
    sealedBy key: IndexKey? = nil
  ) throws(IndexError) {
    try store.save(to: directory, sealedBy: key)
  }

  /// Saves what was added and removed since the index was opened or saved: new vectors as a new segment,
  /// removals as new marks, then a new manifest. Small segments are merged with the new one. When this
  /// returns, they are safe also from a loss of power.
  ///
  /// When it fails or the process ends before, the saved index is as it was; only where nothing but the
  /// last step fails, which makes the new manifest's name durable, a loss of power leaves the old index
  /// or the new one, whole. The changes stay in memory after every failure, and another call saves them.
  ///
  /// Searches, appends and removals go on meanwhile; what is added or removed after the call began is
  /// saved by the next.
  ///
  /// - Parameter rowCount: small segments are written anew with the new rows as long as they have at most
  ///   so many together. `nil` for a number that keeps every save short: segments of more rows stay until
  ///   the index is compacted. A larger one leaves fewer segments, and now and then takes long; each row
  ///   is written as often as its binary logarithm at most.
  /// - Throws: ``IndexError/changed(path:)`` when another process has saved since,
  ///   ``IndexError/locked(path:)`` while one does, ``IndexError/neverSaved`` before ``save(to:)``, and
  ///   others.
  public func save(mergingUpTo rowCount: Int? = nil) throws(IndexError) {
    try store.save(mergingUpTo: rowCount)
  }

  /// Makes another key the one that opens the saved index. Only the manifest is written: the key of the
  /// index itself, which the manifest holds sealed, stays. Whoever may have read both the old manifest and
  /// the old key can still open the segments; then save the index to another directory, by a new key.
  ///
  /// A crash leaves the index under the old key or under the new one. What is not saved stays so.
  ///
  /// - Throws: ``IndexError/notSealed(path:)`` for an index that is not sealed, and what
  ///   ``save(mergingUpTo:)`` does.
  public func changeKey(to key: IndexKey) throws(IndexError) { try store.changeKey(to: key) }

  /// Drops removed vectors for good and merges segments, as far as there is anything to gain. An index
  /// that is saved is written anew as a whole, with what was not saved yet.
  ///
  /// - Throws: what ``save(mergingUpTo:)`` does, apart from ``IndexError/neverSaved``.
  /// - Complexity: O(n log n); reads and writes every vector.
  public func compact() throws(IndexError) { try store.compact() }

  /// Drops removed vectors for good: segments that have some are written anew without them, with what was
  /// not saved yet, and their files are removed. Other segments stay as they are.
  ///
  /// When this returns, no file of the index holds them. A file system may keep what was in removed files
  /// until it uses the place again, and whoever has the index open keeps the old segments until then;
  /// backups are not reached.
  ///
  /// - Throws: what ``save(mergingUpTo:)`` does, apart from ``IndexError/neverSaved``.
  public func purge() throws(IndexError) { try store.purge() }

  /// Checks every byte of the saved segments and every rule of the format: that vectors have unit
  /// length, and that codes are those of the vectors.
  ///
  /// - Throws: ``IndexError`` for the first damage.
  /// - Complexity: reads and encodes everything; memory grows with the number of vectors.
  public func verify() throws(IndexError) { try store.verify() }
}
