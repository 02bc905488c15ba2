import BiomatchCore

/// Writes rows of an index to new segments.
struct RowWriter {
  /// The rows of one segment: with identifiers of 64 bytes and prints of 128 minutiae they stay far
  /// below what four bytes count.
  static let largestRowCount = 1 << 20

  /// Rows of one part, by number, ascending.
  struct Source {
    let part: any IndexPart
    let rows: [Int]
  }

  let directory: IndexDirectory
  let parameters: ParameterDigest
  let revision: UInt64
  let generation: UInt64
  var rowsPerSegment = Self.largestRowCount

  /// Whether segments of so many rows are as few as can be.
  static func isCompact(rowCounts: [Int]) -> Bool {
    let rows = rowCounts.reduce(0, +)
    return rowCounts.count <= (rows + largestRowCount - 1) / largestRowCount
  }

  /// Writes the rows in order and opens what was written.
  func write(_ sources: [Source]) throws(FingerprintIndexError) -> [SavedPart] {
    var parts: [SavedPart] = []
    var rest = sources[...]
    while !rest.isEmpty {
      let (head, tail) = Self.split(rest, rowsPerSegment)
      rest = tail
      guard !head.isEmpty else { continue }
      parts.append(try write(head, number: parts.count + 1))
    }
    return parts
  }

  /// The first `count` rows, and the others.
  private static func split(
    _ sources: ArraySlice<Source>,
    _ count: Int
  ) -> (head: [Source], tail: ArraySlice<Source>) {
    var head: [Source] = []
    var (tail, room) = (sources, count)
    while room > 0, let source = tail.popFirst() {
      guard !source.rows.isEmpty else { continue }
      head.append(Source(part: source.part, rows: Array(source.rows.prefix(room))))
      if source.rows.count > room {
        tail = [Source(part: source.part, rows: Array(source.rows.dropFirst(room)))] + tail
      }
      room -= min(room, source.rows.count)
    }
    return (head, tail)
  }

  private func write(
    _ sources: [Source],
    number: Int
  ) throws(FingerprintIndexError) -> SavedPart {
    let name = IndexFileName.rows(revision: revision, number: number)
    let path = directory.path(of: name)
    let identity = IndexDirectory.identity(parameters)
    let table = try RowTable(sources)
    let segment: Segment
    do {
      var writer = try SegmentWriter(path: path, identity: identity, generation: generation)
      try writer.writeRows(table.identifiers)
      try writer.beginSection(SavedPart.positionsLabel)
      try writer.append(table.positions)
      try writer.beginSection(SavedPart.startsLabel)
      try writer.append(Self.bytes(of: table.starts))
      try writer.beginSection(SavedPart.orderLabel)
      try writer.append(Self.bytes(of: table.order))
      try writer.beginSection(SavedPart.printsLabel)
      for source in sources {
        for chunk in source.chunks { try writer.append(try chunk.prints()) }
      }
      try writer.publish()
      segment = try Segment(path: path, expecting: identity)
    } catch let error as FingerprintIndexError {
      throw error
    } catch let error as SegmentError {
      throw .segment(error)
    } catch {
      preconditionFailure("segments throw typed errors")
    }
    let file = IndexManifest.File(segment, name: name, rows: segment.rowCount)
    return try SavedPart(segment, file: file)
  }

  private static func bytes(of numbers: [UInt32]) -> [UInt8] {
    var writer = ByteWriter(capacity: 4 * numbers.count)
    for number in numbers { writer.writeUInt32(number, .little) }
    return writer.bytes
  }
}

/// Everything about the rows of one segment but their prints.
private struct RowTable {
  private(set) var identifiers = SegmentRows()
  private(set) var positions: [UInt8] = []
  private(set) var starts: [UInt32] = []
  /// The rows in the order of their references.
  let order: [UInt32]

  init(_ sources: [RowWriter.Source]) throws(FingerprintIndexError) {
    var keys: [ReferenceKey] = []
    var start: UInt32 = 0
    for source in sources {
      for chunk in source.chunks {
        for size in try chunk.printSizes() {
          starts.append(start)
          start += UInt32(size / 8)
        }
        positions += try chunk.positions()
        for row in chunk.rows {
          let reference = try source.part.reference(ofRow: row)
          keys.append(ReferenceKey(reference))
          identifiers.append(reference: reference, subject: try source.part.subject(ofRow: row))
        }
      }
    }
    order = keys.indices.sorted { keys[$0] < keys[$1] }.map { UInt32($0) }
  }
}

extension RowWriter.Source {
  /// Some of the rows, few enough to hold their prints in memory.
  struct Chunk {
    let part: any IndexPart
    let rows: ArraySlice<Int>

    private var span: Range<Int> { (rows.first ?? 0)..<(rows.last ?? -1) + 1 }

    func positions() throws(FingerprintIndexError) -> [UInt8] {
      let span = span
      return try part.withPositions(ofRows: span) { codes in
        rows.map { codes[$0 - span.lowerBound] }
      }
    }

    func printSizes() throws(FingerprintIndexError) -> [Int] {
      try withPrints { prints in prints.map(\.count) }
    }

    func prints() throws(FingerprintIndexError) -> [UInt8] {
      try withPrints { prints in prints.flatMap { $0 } }
    }

    /// The prints one by one, each as long as it says itself.
    private func withPrints<R>(
      _ body: ([UnsafeRawBufferPointer]) -> R
    ) throws(FingerprintIndexError) -> R {
      let span = span
      return try part.withPrints(ofRows: span) { window throws(FingerprintIndexError) in
        var prints: [UnsafeRawBufferPointer] = []
        for row in rows {
          guard let print = window.print(ofRow: row - span.lowerBound),
            packedByteCount(of: print) == print.count
          else { throw part.damage(ofRow: row) }
          prints.append(print)
        }
        return body(prints)
      }
    }
  }

  var chunks: [Chunk] {
    stride(from: 0, to: rows.count, by: 256).map { start in
      Chunk(part: part, rows: rows[start..<min(start + 256, rows.count)])
    }
  }
}
