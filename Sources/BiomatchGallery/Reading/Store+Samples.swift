import BiomatchCore
import Foundation
import GRDB

/// A sample with what is needed to open it.
struct SealedSample: Sendable {
  let row: SampleRow
  let subject: SubjectID
  let key: Int64?
}

extension Store {
  /// Gives the samples of a kind, batch by batch; see ``Gallery/samples(_:after:through:batchSize:_:)``.
  func samples(
    _ kind: SampleKind,
    after number: Int64,
    through last: Int64?,
    batchSize: Int,
    _ body: ([StoredSample]) async throws -> Void
  ) async throws {
    var number = number
    let end: Int64
    if let last {
      end = last
    } else {
      end = try await indexPlan([:]).position.lastSample
    }
    while true {
      let batch = try await sealedSamples(kind, after: number, through: end, limit: batchSize)
      guard let last = batch.last else { return }
      try await body(try await open(batch))
      number = last.row.number
    }
  }

  /// The next samples in the order of their numbers.
  func sealedSamples(
    _ kind: SampleKind,
    after: Int64,
    through: Int64,
    limit: Int
  ) async throws -> [SealedSample] {
    try await read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT \(SampleRow.columns), identifier, key
          FROM sample JOIN subject ON subject.number = sample.subject
          WHERE sample.number > ? AND sample.number <= ? AND kind = ?
          ORDER BY sample.number LIMIT ?
          """
      )
      let arguments: StatementArguments = [after, through, kind.number, limit]
      return try Row.fetchAll(statement, arguments: arguments).map { row in
        SealedSample(
          row: try SampleRow(row),
          subject: try SubjectID(row.decode(atIndex: 6)),
          key: try row.decode(atIndex: 7)
        )
      }
    }
  }

  /// Opens samples, on all processors; those whose subject was erased meanwhile are left out.
  func open(_ samples: [SealedSample]) async throws -> [StoredSample] {
    try await inParallel(samples) { piece in
      do {
        return try open(piece)
      } catch GalleryError.keyMissing(let subject) {
        let isEnrolled = try await read { db in try SubjectRow.fetch(db, subject) != nil }
        guard !isEnrolled else { throw GalleryError.keyMissing(subject) }
        return try open(piece.filter { $0.subject != subject }[...])
      }
    }
  }

  private func open(_ samples: ArraySlice<SealedSample>) throws -> [StoredSample] {
    guard let vault else {
      return try samples.map { sample in try open(sample, under: nil) }
    }
    return try GalleryError.translating(paths.directory) {
      try vault.read { keys in
        var opened: [StoredSample] = []
        opened.reserveCapacity(samples.count)
        var current: (number: Int64?, key: SubjectKey)?
        for sample in samples {
          let key: SubjectKey
          if let current, current.number == sample.key {
            key = current.key
          } else {
            key = try keys.key(sample.key, of: sample.subject)
            current = (sample.key, key)
          }
          opened.append(try open(sample, under: key))
        }
        return opened
      }
    }
  }

  private func open(_ sample: SealedSample, under key: SubjectKey?) throws -> StoredSample {
    var sealer = try RecordSealer(key, subject: sample.subject, gallery: id)
    let opened = try sealer.sample(sample.row, of: sample.subject)
    return StoredSample(number: sample.row.number, subject: sample.subject, sample: opened)
  }
}

/// Works on pieces of `elements` on all processors, and gives what they make of them in order.
func inParallel<Element: Sendable, Value: Sendable>(
  _ elements: [Element],
  _ body: @escaping @Sendable (ArraySlice<Element>) async throws -> [Value]
) async throws -> [Value] {
  let pieces = min(4 * ProcessInfo.processInfo.activeProcessorCount, max(1, elements.count / 16))
  guard pieces > 1 else { return try await body(elements[...]) }
  return try await withThrowingTaskGroup(of: (Int, [Value]).self) { group in
    for piece in 0..<pieces {
      let range = elements.count * piece / pieces..<elements.count * (piece + 1) / pieces
      group.addTask { (piece, try await body(elements[range])) }
    }
    var values = [[Value]](repeating: [], count: pieces)
    for try await (piece, made) in group { values[piece] = made }
    return values.flatMap { $0 }
  }
}
