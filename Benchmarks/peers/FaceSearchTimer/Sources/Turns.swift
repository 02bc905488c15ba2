import BiomatchCore
import BiomatchFace

/// Searches one batch after the other; each turn of a batch size goes on where the last one stopped.
struct Turns {
  let snapshot: FaceSnapshot
  let probes: FaceVectors
  private var next: [Int: Int] = [:]

  init(snapshot: FaceSnapshot, probes: FaceVectors) {
    self.snapshot = snapshot
    self.probes = probes
  }

  /// What a turn did.
  struct Turn: Encodable {
    var probes = 0
    var seconds = 0.0
    /// For each probe the rows that its last search found; none where it had no turn.
    var rows: [[Int]]
  }

  /// Searches for `duration` or longer, at least one batch. Preparing probes is part of it.
  mutating func search(batch: Int, duration: Duration) throws -> Turn {
    let batches = try stride(from: 0, to: probes.count, by: batch).map { start in
      (start, try part(start..<min(start + batch, probes.count)))
    }
    var options = FaceSearchOptions(limit: 10)
    options.threads = 1
    var results = [FaceSearchResult?](repeating: nil, count: probes.count)
    var turn = Turn(rows: [])
    var number = next[batch] ?? 0

    let clock = ContinuousClock()
    let start = clock.now
    repeat {
      let (first, part) = batches[number]
      let found = try snapshot.searchBlocking(try snapshot.prepare(part), options)
      for (offset, result) in found.enumerated() { results[first + offset] = result }
      turn.probes += found.count
      number = (number + 1) % batches.count
    } while clock.now - start < duration
    turn.seconds = (clock.now - start) / .seconds(1)

    next[batch] = number
    turn.rows = results.map { result in
      (result?.candidates ?? []).compactMap { Int($0.reference.description) }
    }
    return turn
  }

  private func part(_ rows: Range<Int>) throws -> FaceVectors {
    let dimension = probes.dimension
    let values = probes.values[rows.lowerBound * dimension..<rows.upperBound * dimension]
    return try FaceVectors(dimension: dimension, values: Array(values))
  }
}
