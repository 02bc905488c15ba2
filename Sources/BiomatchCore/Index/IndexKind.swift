/// What one kind of index stores besides identifiers, and how: fingerprints or face vectors, under the
/// parameters or of the model that the value stands for.
///
/// Everything else is the same for all kinds: the directory, its manifest, the marks of removed rows,
/// finding rows by reference, saving, opening, merging, compacting and verifying. An ``IndexStore`` does
/// that; an index is a thin public face of its store. `docs/formats/index-directory.md` is the
/// specification of what they have in common.
package protocol IndexKind: Sendable {
  /// Rows in memory; a class, whose objects never change.
  associatedtype Memory: MemoryPart
  /// Rows in a segment; likewise.
  associatedtype Saved: SavedPart

  /// What its files are called inside.
  static var format: IndexFormat { get }

  /// Names what the rows were made with: rows compare only under equal digests.
  var parameters: ParameterDigest { get }
  /// The members that the kind adds to the manifest, in the order of ``IndexFormat/details``; what does
  /// not apply is left out. None unless told.
  var details: [IndexDetail] { get }
  /// How much is kept together.
  var limits: IndexLimits { get }

  /// A part of the runs' rows, one behind the other; there is at least one run.
  func join(_ runs: [RowRun<Memory>]) -> Memory

  /// The rows of a segment of this kind, engine and parameters. Checks that it has the kind's sections,
  /// and their lengths; reads no row.
  func open(_ rows: SavedRows) throws(IndexError) -> Saved

  /// Writes the kind's small sections, which lie in front of the section `order`; none unless told.
  ///
  /// - Parameter runs: the rows of the new segment in their order, in memory or in older segments.
  /// - Throws: ``IndexError`` and ``SegmentError``, nothing else.
  func writeHead(of runs: [RowRun<IndexPart<Self>>], to writer: inout SegmentWriter) throws

  /// Writes the kind's large sections, which lie behind `order`. Never holds more than a chunk of a
  /// run in memory.
  ///
  /// - Throws: ``IndexError`` and ``SegmentError``, nothing else.
  func writeBody(of runs: [RowRun<IndexPart<Self>>], to writer: inout SegmentWriter) throws

  /// Checks every rule for the kind's sections. Their bytes, identifiers and `order` are right already.
  func verify(_ part: Saved) throws(IndexError)
}

extension IndexKind {
  package var details: [IndexDetail] { [] }

  package func writeHead(
    of runs: [RowRun<IndexPart<Self>>],
    to writer: inout SegmentWriter
  ) throws {}
}

/// What the files of a kind of index are called inside.
package struct IndexFormat: Sendable, Hashable {
  /// The kind of the manifest and of segments with rows, `fingerprint-index` for example.
  package let kind: SegmentLabel
  /// The kind of segments that mark removed rows, `fingerprint-removals` for example.
  package let removals: SegmentLabel
  /// The layout of the kind's sections and its generation, `cylinders-1` for example.
  package let engine: SegmentLabel
  /// The names of the members that the kind may add to the manifest, in their order.
  package let details: [String]

  /// A format of the given names.
  package init(
    kind: SegmentLabel,
    removals: SegmentLabel,
    engine: SegmentLabel,
    details: [String] = []
  ) {
    self.kind = kind
    self.removals = removals
    self.engine = engine
    self.details = details
  }

  /// The identity of a segment with rows.
  package func identity(_ parameters: ParameterDigest) -> SegmentIdentity {
    SegmentIdentity(kind: kind, engine: engine, parameters: parameters)
  }

  /// The identity of a segment that marks removed rows.
  package func removalsIdentity(_ parameters: ParameterDigest) -> SegmentIdentity {
    SegmentIdentity(kind: removals, engine: engine, parameters: parameters)
  }
}

/// How much of an index is kept together.
package struct IndexLimits: Sendable, Hashable {
  /// The most rows of one segment.
  package var rowsPerSegment: Int
  /// Segments of more rows are merged by compacting only, not by saving.
  package var mergedRowCount: Int
  /// Parts in memory of more bytes are not merged, so that no append copies more.
  package var mergedByteCount: Int

  /// Limits of the given numbers, each at least one.
  package init(
    rowsPerSegment: Int = 1 << 20,
    mergedRowCount: Int = 1 << 16,
    mergedByteCount: Int = 1 << 24
  ) {
    self.rowsPerSegment = rowsPerSegment
    self.mergedRowCount = mergedRowCount
    self.mergedByteCount = mergedByteCount
  }

  /// Whether segments of so many rows are as few as can be.
  package func isCompact(rowCounts: [Int]) -> Bool {
    let rows = rowCounts.reduce(0, +)
    return rowCounts.count <= (rows + rowsPerSegment - 1) / rowsPerSegment
  }
}
