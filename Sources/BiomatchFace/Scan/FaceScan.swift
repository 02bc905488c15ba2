import BiomatchCore

/// One search: a batch of probes against the rows of a snapshot, chunk by chunk.
///
/// A row is passed over once its codes prove that it cannot be listed; of the others the score is
/// computed. So the answer is exact, and how much is computed depends on how soon good candidates are
/// found.
final class FaceScan: Sendable {
  /// How many probes share a pass over the rows.
  static let groupProbeCount = 256
  /// How many pairs a chunk has: some milliseconds at most, so that a search can be stopped in time.
  private static let chunkPairs = 1 << 18
  /// The fewest and the most rows of a chunk.
  private static let chunkRows = 1 << 10...1 << 16

  /// Some rows of one part.
  private struct Chunk {
    let part: Int
    /// Counted from the part's start, which is that of a span.
    let rows: Range<Int>
  }

  /// Every chunk for every group of probes.
  let parts: ParallelScan

  private let snapshot: IndexSnapshot<FaceIndexKind>
  private let options: FaceSearchOptions
  private let chunks: [Chunk]
  private let groups: [ProbeGroup]

  init(
    _ snapshot: FaceSnapshot,
    _ probes: [PreparedFace],
    _ options: FaceSearchOptions
  ) throws(IndexError) {
    guard 1...Candidate.longestList ~= options.limit else { throw .limit(options.limit) }
    guard options.threads > 0 else { throw .threads(options.threads) }
    if let selection = options.selection, selection.layout != snapshot.content.layout {
      throw .selection
    }
    let kind = snapshot.content.kind
    for probe in probes where probe.parameters != kind.parameters {
      throw .probeParameters(expected: kind.parameters, found: probe.parameters)
    }
    self.snapshot = snapshot.content
    self.options = options
    let limit = min(options.limit, snapshot.count)
    groups = stride(from: 0, to: probes.count, by: Self.groupProbeCount).map { start in
      let end = min(start + Self.groupProbeCount, probes.count)
      return ProbeGroup(
        Array(probes[start..<end]),
        dimension: kind.layout.dimension,
        kernels: snapshot.kernels,
        limit: limit
      )
    }
    let pairs = Self.chunkPairs / max(1, min(probes.count, Self.groupProbeCount))
    let count =
      min(max(pairs, Self.chunkRows.lowerBound), Self.chunkRows.upperBound)
      / CodeLayout.spanRows * CodeLayout.spanRows
    chunks = snapshot.content.parts.enumerated().flatMap { index, part in
      stride(from: 0, to: part.rowCount, by: count).map { start in
        Chunk(part: index, rows: start..<min(start + count, part.rowCount))
      }
    }
    parts = ParallelScan(
      partCount: groups.count * chunks.count,
      threads: options.threads,
      deadline: options.deadline
    )
  }

  /// Compares one chunk with one group of probes.
  func scan(_ index: Int, _ worker: FaceScanWorker) throws(IndexError) {
    let chunk = chunks[index % chunks.count]
    let group = groups[index / chunks.count]
    worker.begin(group, rows: chunk.rows.count, threshold: options.threshold)
    var row = chunk.rows.lowerBound
    var rows = worker.isOpen ? CodeLayout.spanRows : chunk.rows.count
    while row < chunk.rows.upperBound {
      let run = row..<min(row + rows, chunk.rows.upperBound)
      let wanted = stride(from: row, to: run.upperBound, by: CodeLayout.spanRows).map { start in
        sought(start, before: run.upperBound, snapshot.firstRows[chunk.part])
      }
      try worker.scan(
        run,
        wanted,
        of: snapshot.parts[chunk.part],
        firstRow: snapshot.firstRows[chunk.part]
      )
      row = run.upperBound
      // Until there are as many candidates as are listed, every row is one.
      rows *= 2
    }
    worker.end()
  }

  /// Which of a span's rows are neither removed nor left out by the selection.
  private func sought(_ start: Int, before end: Int, _ firstRow: Int) -> UInt64 {
    let word = snapshot.sought(from: firstRow + start, options.selection)
    return end - start < 64 ? word & (1 << UInt64(end - start) - 1) : word
  }

  /// What was found, once all parts are scanned or the deadline has come.
  func results(isComplete: Bool) throws(IndexError) -> [FaceSearchResult] {
    let total = options.selection?.count ?? snapshot.count
    var results: [FaceSearchResult] = []
    for group in groups {
      for probe in group.found {
        let found = probe.all
        results.append(
          FaceSearchResult(
            candidates: try snapshot.candidates(found.best),
            coverage: Coverage(
              searched: found.counts.rows,
              total: isComplete ? found.counts.rows : total,
              generation: snapshot.generation
            ),
            counts: found.counts
          )
        )
      }
    }
    return results
  }
}

/// Probes that share a pass over the rows, and what was found for each.
final class ProbeGroup: Sendable {
  let kernels: VectorKernels
  let batch: ProbeBatch
  let found: [ProbeCandidates<FaceScanCounts>]

  init(_ probes: [PreparedFace], dimension: Int, kernels: VectorKernels, limit: Int) {
    self.kernels = kernels
    batch = ProbeBatch(probes, dimension: dimension)
    found = probes.map { _ in ProbeCandidates(limit: limit) }
  }
}
