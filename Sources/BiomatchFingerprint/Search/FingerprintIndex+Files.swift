import BiomatchCore

// A saved index is a directory; `docs/formats/fingerprint-index.md` describes it.
extension FingerprintIndex {
  /// Opens the index saved in a directory.
  ///
  /// Its prints are mapped, not read: opening takes as long for a million as for a thousand. What a
  /// search touches is checked when it is touched for the first time, everything by ``verify()``.
  /// Changes stay in memory until ``save()``.
  ///
  /// - Parameter matcher: what compares the prints, of the parameters that they were described with.
  /// - Throws: ``IndexError``.
  public convenience init(
    opening directory: String,
    matcher: FingerprintMatcher = FingerprintMatcher()
  ) throws(IndexError) {
    self.init(try IndexStore(opening: directory) { _ in FingerprintIndexKind(matcher: matcher) })
  }

  /// The directory that the index is saved in; `nil` while it is in memory only.
  public var directory: String? { store.directory }

  /// The name of the file in the directory of a saved index that says what the index consists of.
  package static var manifestName: String { IndexFileName.manifest }

  /// The names of the other files of the saved index, in byte order; none while it is in memory only.
  package var fileNames: [String] { store.fileNames }

  /// Saves the index in a directory, which is created if it does not exist, as an index of its own;
  /// from then on ``save()`` saves there.
  ///
  /// - Throws: ``IndexError/exists(path:)`` when the directory holds an index already, unless
  ///   it is this one; ``IndexError`` also when files cannot be written, as with ``save()``.
  public func save(to directory: String) throws(IndexError) {
    try store.save(to: directory)
  }

  /// Saves what was added and removed since the index was opened or saved: new prints as a new segment,
  /// removals as new marks, then a new manifest. Small segments are merged with the new one, so that many
  /// saves leave few. When this returns, they are safe also from a loss of power.
  ///
  /// When it fails or the process ends before, the saved index is as it was, with one exception: where
  /// only the last step fails, which makes the new manifest's name durable, others already see the new
  /// index, and a loss of power leaves the old one or the new one, whole. The changes stay in memory
  /// after every failure, and another call saves them.
  ///
  /// Appends and removals wait meanwhile, searches do not.
  ///
  /// - Throws: ``IndexError/changed(path:)`` when another process has saved since,
  ///   ``IndexError/locked(path:)`` while one does,
  ///   ``IndexError/neverSaved`` before ``save(to:)``, and others.
  public func save() throws(IndexError) { try store.save() }

  /// Drops removed prints for good and merges segments, as far as there is anything to gain. An index
  /// that is saved is written anew as a whole, with what was not saved yet.
  ///
  /// - Throws: what ``save()`` does, apart from ``IndexError/neverSaved``.
  /// - Complexity: O(n log n); reads and writes every print.
  public func compact() throws(IndexError) { try store.compact() }

  /// Checks every byte of the saved segments and every rule of the format.
  ///
  /// - Throws: ``IndexError`` for the first damage.
  /// - Complexity: reads everything; memory grows with the number of prints.
  public func verify() throws(IndexError) { try store.verify() }
}
