import BiomatchCore
import Synchronization

/// One search: a batch of probes against the rows of a snapshot, chunk by chunk.
///
/// A row is passed over once its codes prove that it cannot be listed; of the others the score is
/// computed. So the answer is exact, and how much is computed depends on how soon good candidates are
/// found.
final class FaceScan: Sendable {
  /// How many probes share a pass over the rows.
  static let groupProbeCount = 256
  /// How many pairs a chunk has: a millisecond or two, so that a search can be stopped in time.
  private static let chunkPairs = 1 << 21
  /// The most rows of a chunk.
  private static let chunkRowCount = 1 << 16
  /// How many pairs are compared before what was found raises the bar for the others.
  private static let runPairs = 1 << 19
  /// The rows of a search's first run, of which all pass.
  private static let firstRunRowCount = 1 << 10

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
  private let runRowCount: Int
  /// Which of a group's batches fits the codes of a part.
  private let batches: [Int]

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
    var (bases, batches): ([FaceBasis?], [Int]) = ([], [])
    for part in snapshot.content.parts {
      let basis = try part.basis(snapshot.kernels)
      let known = bases.firstIndex(of: basis)
      if known == nil { bases.append(basis) }
      batches.append(known ?? bases.count - 1)
    }
    self.batches = batches
    groups = stride(from: 0, to: probes.count, by: Self.groupProbeCount).map { start in
      let end = min(start + Self.groupProbeCount, probes.count)
      return ProbeGroup(
        Array(probes[start..<end]),
        dimension: kind.layout.dimension,
        bases: bases,
        kernels: snapshot.kernels,
        limit: limit
      )
    }
    let together = max(1, min(probes.count, Self.groupProbeCount))
    let count = Self.spans(of: min(Self.chunkPairs / together, Self.chunkRowCount))
    runRowCount = Self.spans(of: min(Self.runPairs / together, count))
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

  private static func spans(of rows: Int) -> Int {
    rows / CodeLayout.spanRows * CodeLayout.spanRows
  }

  /// Compares one chunk with one group of probes.
  func scan(_ index: Int, _ worker: FaceScanWorker) throws(IndexError) {
    let chunk = chunks[index % chunks.count]
    let group = groups[index / chunks.count]
    worker.begin(
      group,
      batch: batches[chunk.part],
      rows: runRowCount,
      limit: options.limit,
      threshold: options.threshold
    )
    var row = chunk.rows.lowerBound
    var rows = worker.isOpen ? min(Self.firstRunRowCount, runRowCount) : runRowCount
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
      // Until good candidates are known, many rows pass.
      rows = min(4 * rows, runRowCount)
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
      for (list, counts) in zip(group.lists, group.counts) {
        results.append(
          FaceSearchResult(
            candidates: try snapshot.candidates(list.all),
            coverage: Coverage(
              searched: counts.rows,
              total: isComplete ? counts.rows : total,
              generation: snapshot.generation
            ),
            counts: counts
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
  /// The probes for the codes of each basis.
  let batches: [ProbeBatch]
  let lists: [CandidateList]
  private let counted: Mutex<[FaceScanCounts]>

  init(
    _ probes: [PreparedFace],
    dimension: Int,
    bases: [FaceBasis?],
    kernels: VectorKernels,
    limit: Int
  ) {
    self.kernels = kernels
    batches = bases.map { basis in
      ProbeBatch(probes, dimension: dimension, basis: basis, kernels: kernels)
    }
    lists = probes.map { _ in CandidateList(limit: limit) }
    counted = Mutex(probes.map { _ in FaceScanCounts() })
  }

  /// How the rows were compared, by probe.
  var counts: [FaceScanCounts] { counted.withLock { $0 } }

  /// Adds what a chunk of so many rows has counted for each probe.
  func add(_ counts: [FaceScanCounts], rows: Int) {
    counted.withLock { sums in
      for probe in sums.indices {
        sums[probe] += counts[probe]
        sums[probe].rows += rows
      }
    }
  }
}
