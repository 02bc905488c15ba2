import BiomatchTestSupport
import Testing

/// A kind of index that stores nothing but a number a row, to test what all kinds have in common.
struct NoteKind: IndexKind {
  static let format = IndexFormat(
    kind: "note-index",
    removals: "note-removals",
    engine: "notes-1",
    details: ["author", "edition"]
  )
  static let numbers: SegmentLabel = "numbers"

  /// Needed, unlike the edition.
  let author: String
  var edition: Int?
  var limits = IndexLimits(rowsPerSegment: 7, mergedRowCount: 10, mergedByteCount: 32)

  var parameters: ParameterDigest { ParameterDigest(of: author.utf8) }
  var details: [IndexDetail] {
    [IndexDetail("author", author)] + (edition.map { [IndexDetail("edition", $0)] } ?? [])
  }

  func join(_ runs: [RowRun<MemoryNotes>]) -> MemoryNotes {
    var (rows, numbers): (MemoryRows, [UInt32]) = (MemoryRows(), [])
    for run in runs {
      rows.append(run.rows, of: run.part.rows)
      numbers += run.part.numbers[run.rows]
    }
    return MemoryNotes(rows, numbers)
  }

  func open(_ rows: SavedRows) throws(IndexError) -> SavedNotes {
    try rows.check(Self.numbers, bytesPerRow: 4)
    return SavedNotes(rows)
  }

  func writeBody(of runs: [RowRun<IndexPart<Self>>], to writer: inout SegmentWriter) throws {
    try writer.beginSection(Self.numbers)
    for run in runs.flatMap({ $0.chunks(of: 3) }) {
      var bytes = ByteWriter()
      for number in try run.part.numbers(run.rows) { bytes.writeUInt32(number, .little) }
      try writer.append(bytes.bytes)
    }
  }

  /// No number is the largest there is.
  func verify(_ part: SavedNotes) throws(IndexError) {
    let numbers = try part.rows.numbers(of: Self.numbers, 0..<part.rows.count)
    if let row = numbers.firstIndex(of: .max) {
      throw part.rows.damage(ofRow: row, in: Self.numbers)
    }
  }
}

final class MemoryNotes: MemoryPart {
  let rows: MemoryRows
  let numbers: [UInt32]

  var byteCount: Int { 4 * rows.count }

  init(_ rows: MemoryRows, _ numbers: [UInt32]) {
    (self.rows, self.numbers) = (rows, numbers)
  }
}

final class SavedNotes: SavedPart {
  let rows: SavedRows

  init(_ rows: SavedRows) { self.rows = rows }
}

extension IndexPart<NoteKind> {
  func numbers(_ rows: Range<Int>) throws(IndexError) -> [UInt32] {
    switch self {
    case .memory(let part): Array(part.numbers[rows])
    case .saved(let part): try part.rows.numbers(of: NoteKind.numbers, rows)
    }
  }
}

extension IndexStore<NoteKind> {
  /// Opens a store for the kind that its manifest tells.
  static func opening(
    _ directory: String,
    limits: IndexLimits? = nil
  ) throws(IndexError) -> IndexStore {
    try IndexStore(opening: directory) { manifest throws(IndexError) in
      guard let author = manifest[detail: "author"]?.text else {
        throw .corruptManifest(path: directory)
      }
      var kind = NoteKind(author: author, edition: manifest[detail: "edition"]?.number)
      if let limits { kind.limits = limits }
      return kind
    }
  }

  /// Adds a part of notes for each batch.
  func append(
    _ batches: [[(reference: String, number: UInt32)]],
    areNew: Bool = false
  ) throws {
    try append(
      try batches.map { batch in
        var rows = MemoryRows()
        for note in batch {
          rows.append(
            reference: try ReferenceID(note.reference),
            subject: try SubjectID("s\(note.number)")
          )
        }
        return MemoryNotes(rows, batch.map(\.number))
      },
      areNew: areNew
    )
  }

  /// What can be found, by reference, read row by row.
  func notes() throws -> [String: UInt32] {
    let snapshot = snapshot
    var notes: [String: UInt32] = [:]
    for row in 0..<snapshot.rowCount where snapshot.isSought(row, nil) {
      let (part, place) = snapshot.locate(row)
      let number = try part.numbers(place..<place + 1)[0]
      #expect(try part.subject(ofRow: place).string == "s\(number)")
      let reference = try part.reference(ofRow: place)
      #expect(try part.referenceKey(ofRow: place) == ReferenceKey(reference))
      #expect(notes.updateValue(number, forKey: reference.string) == nil)
    }
    #expect(notes.count == snapshot.count)
    return notes
  }
}
