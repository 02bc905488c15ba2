/// Consecutive rows of an index in memory. Rows are counted from the part's own start.
package protocol MemoryPart: AnyObject, Sendable {
  /// Their identifiers.
  var rows: MemoryRows { get }
  /// Size of everything but identifiers, which decides about merging.
  var byteCount: Int { get }
}

/// Consecutive rows of an index in a segment, read where they lie.
package protocol SavedPart: AnyObject, Sendable {
  /// Their identifiers, and the segment.
  var rows: SavedRows { get }
}

/// Consecutive rows of an index, wherever they are.
package enum IndexPart<Kind: IndexKind>: Sendable {
  case memory(Kind.Memory)
  case saved(Kind.Saved)
}

/// Rows of one part that follow each other; at least one.
package struct RowRun<Part: Sendable>: Sendable {
  package let part: Part
  package let rows: Range<Int>

  package init(_ part: Part, _ rows: Range<Int>) {
    self.part = part
    self.rows = rows
  }

  /// The same rows in runs of at most `count`.
  package func chunks(of count: Int) -> [RowRun] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: count).map { start in
      RowRun(part, start..<min(start + count, rows.upperBound))
    }
  }
}

extension IndexPart {
  /// Whether the rows are in memory only.
  package var isInMemory: Bool { if case .memory = self { true } else { false } }

  /// How many rows there are, removed ones included.
  package var rowCount: Int {
    switch self {
    case .memory(let part): part.rows.count
    case .saved(let part): part.rows.count
    }
  }

  /// The sample's identifier in a row.
  package func reference(ofRow row: Int) throws(IndexError) -> ReferenceID {
    switch self {
    case .memory(let part): part.rows.references[row]
    case .saved(let part): try part.rows.reference(ofRow: row)
    }
  }

  /// The person's identifier in a row.
  package func subject(ofRow row: Int) throws(IndexError) -> SubjectID {
    switch self {
    case .memory(let part): part.rows.subjects[row]
    case .saved(let part): try part.rows.subject(ofRow: row)
    }
  }

  /// The key of the sample's identifier in a row.
  package func referenceKey(ofRow row: Int) throws(IndexError) -> ReferenceKey {
    switch self {
    case .memory(let part): ReferenceKey(part.rows.references[row])
    case .saved(let part): try part.rows.referenceKey(ofRow: row)
    }
  }

  /// The error for a row whose entry in a section is impossible.
  package func damage(ofRow row: Int, in section: SegmentLabel) -> IndexError {
    switch self {
    case .memory: preconditionFailure("rows in memory are as they were made")
    case .saved(let part): part.rows.damage(ofRow: row, in: section)
    }
  }
}
