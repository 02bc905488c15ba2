/// Writes rows of an index to new segments.
package struct RowWriter<Kind: IndexKind>: Sendable {
  /// Rows of one part that follow each other.
  package typealias Run = RowRun<IndexPart<Kind>>

  let kind: Kind
  let directory: IndexDirectory
  let revision: UInt64
  let generation: UInt64
  /// The keys that the segments are sealed by; `nil` for none.
  let seal: IndexSeal?
  /// How many segments of the revision were written.
  private var count = 0

  package init(
    kind: Kind,
    directory: IndexDirectory,
    revision: UInt64,
    generation: UInt64,
    seal: IndexSeal? = nil
  ) {
    self.seal = seal
    self.kind = kind
    self.directory = directory
    self.revision = revision
    self.generation = generation
  }

  /// Writes the rows in order and opens what was written.
  package mutating func write(_ runs: [Run]) throws(IndexError) -> [Kind.Saved] {
    var parts: [Kind.Saved] = []
    var rest = runs[...]
    while !rest.isEmpty {
      let head = Self.takeFirst(kind.limits.rowsPerSegment, of: &rest)
      count += 1
      parts.append(try write(head, number: count))
    }
    return parts
  }

  /// Takes the first `count` rows.
  private static func takeFirst(_ count: Int, of runs: inout ArraySlice<Run>) -> [Run] {
    var head: [Run] = []
    var room = count
    while room > 0, let run = runs.popFirst() {
      let end = min(run.rows.lowerBound + room, run.rows.upperBound)
      head.append(Run(run.part, run.rows.lowerBound..<end))
      if end < run.rows.upperBound {
        runs = [Run(run.part, end..<run.rows.upperBound)] + runs
      }
      room -= end - run.rows.lowerBound
    }
    return head
  }

  private func write(_ runs: [Run], number: Int) throws(IndexError) -> Kind.Saved {
    let name = IndexFileName.rows(revision: revision, number: number)
    let path = directory.path(of: name)
    let identity = Kind.format.identity(kind.parameters)
    var table = RowTable()
    table.reserveCapacity(runs.reduce(0) { $0 + $1.rows.count })
    for run in runs { try table.append(run) }
    let segment: Segment
    do {
      var writer = try SegmentWriter(
        path: path,
        identity: identity,
        generation: generation,
        sealedBy: seal?.content
      )
      try writer.writeRows(table.identifiers)
      try kind.writeHead(of: runs, to: &writer)
      try writer.beginSection(SavedRows.orderLabel)
      try writer.append(table.order)
      try kind.writeBody(of: runs, to: &writer)
      try writer.publish()
      segment = try Segment(path: path, expecting: identity, sealedBy: seal?.content)
    } catch let error as IndexError {
      throw error
    } catch let error as SegmentError {
      throw .segment(error)
    } catch {
      preconditionFailure("a kind throws no other errors")
    }
    let file = IndexManifest.File(segment, name: name, rows: segment.rowCount)
    return try kind.open(try SavedRows(segment, file: file))
  }
}

/// The identifiers of the rows of one segment.
private struct RowTable {
  private(set) var identifiers = SegmentRows()
  private var keys: [ReferenceKey] = []

  mutating func reserveCapacity(_ count: Int) {
    identifiers.reserveCapacity(count)
    keys.reserveCapacity(count)
  }

  mutating func append(_ run: RowRun<IndexPart<some IndexKind>>) throws(IndexError) {
    switch run.part {
    case .memory(let part): append(part.rows, run.rows)
    case .saved(let part): try append(part.rows, run.rows)
    }
  }

  private mutating func append(_ rows: MemoryRows, _ range: Range<Int>) {
    for row in range { append(rows.references[row], rows.subjects[row]) }
  }

  private mutating func append(_ rows: SavedRows, _ range: Range<Int>) throws(IndexError) {
    for row in range { append(try rows.reference(ofRow: row), try rows.subject(ofRow: row)) }
  }

  private mutating func append(_ reference: ReferenceID, _ subject: SubjectID) {
    keys.append(ReferenceKey(reference))
    identifiers.append(reference: reference, subject: subject)
  }

  /// The rows in the order of their references.
  var order: [UInt8] {
    var writer = ByteWriter(capacity: 4 * keys.count)
    for row in keys.indices.sorted(by: { keys[$0] < keys[$1] }) {
      writer.writeUInt32(UInt32(row), .little)
    }
    return writer.bytes
  }
}
