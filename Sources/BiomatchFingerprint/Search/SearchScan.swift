import BiomatchCore

/// One search: a batch of probes against the rows of a snapshot, chunk by chunk.
final class SearchScan: Sendable {
  /// How many prints are compared with all probes of a group before the next are touched. 128 take
  /// some 300 kB, which stay in a core's own cache; fewer where every pair takes its time, so that a
  /// search can be stopped.
  private static func chunkRowCount(_ mode: SearchMode) -> Int {
    mode == .screened ? ScanWorkspace.printCapacity : 32
  }
  /// How many probes share a pass over the prints. With more, a chunk would take so long that a
  /// search could not be stopped in time.
  private static let groupProbeCount = 64

  /// Some rows of one part.
  private struct Chunk {
    let part: Int
    /// Counted from the part's start.
    let rows: Range<Int>
  }

  /// A probe and what was found for it.
  private struct Search {
    let probe: PreparedProbe
    /// Codes of the positions that it is compared with, `nil` for all.
    let codes: UInt64?
    let found: ProbeCandidates
  }

  /// Every chunk for every group of probes.
  let parts: ParallelScan

  private let matcher: FingerprintMatcher
  private let snapshot: IndexSnapshot<FingerprintIndexKind>
  private let options: FingerprintSearchOptions
  private let chunks: [Chunk]
  private let searches: [Search]

  init(
    _ snapshot: FingerprintSnapshot,
    _ probes: [FingerprintSearchProbe],
    _ options: FingerprintSearchOptions
  ) throws(IndexError) {
    guard 1...FingerprintSearchOptions.largestLimit ~= options.limit else {
      throw .limit(options.limit)
    }
    guard options.threads > 0 else { throw .threads(options.threads) }
    if let selection = options.selection, selection.layout != snapshot.content.layout {
      throw .selection
    }
    matcher = snapshot.matcher
    self.snapshot = snapshot.content
    self.options = options
    let count = Self.chunkRowCount(options.mode)
    chunks = snapshot.content.parts.enumerated().flatMap { index, part in
      stride(from: 0, to: part.rowCount, by: count).map { start in
        Chunk(part: index, rows: start..<min(start + count, part.rowCount))
      }
    }
    var searches: [Search] = []
    for probe in probes {
      let found = probe.probe.descriptors.parameters
      guard found == matcher.digest else {
        throw .probeParameters(expected: matcher.digest, found: found)
      }
      searches.append(
        Search(
          probe: probe.probe,
          codes: probe.positions?.codes,
          found: ProbeCandidates(limit: min(options.limit, snapshot.count))
        )
      )
    }
    self.searches = searches
    let groups = (probes.count + Self.groupProbeCount - 1) / Self.groupProbeCount
    parts = ParallelScan(
      partCount: groups * chunks.count,
      threads: options.threads,
      deadline: options.deadline
    )
  }

  /// Compares one chunk with one group of probes.
  func scan(_ index: Int, _ worker: SearchWorker) throws(IndexError) {
    let chunk = chunks[index % chunks.count]
    let part = snapshot.parts[chunk.part]
    let searches = group(index / chunks.count)
    try worker.choose(
      chunk.rows.filter { isSought(snapshot.firstRows[chunk.part] + $0) },
      of: part,
      withPositions: searches.contains { $0.codes != nil }
    )
    guard let first = worker.chosen.first, let last = worker.chosen.last else { return }
    try part.withPrints(ofRows: first..<last + 1) { window throws(IndexError) in
      for start in stride(
        from: searches.startIndex,
        to: searches.endIndex,
        by: ScanWorkspace.probeCapacity
      ) {
        let end = min(start + ScanWorkspace.probeCapacity, searches.endIndex)
        worker.aim(at: window, firstRow: first, codes: searches[start..<end].map(\.codes))
        try scan(searches[start..<end], window, chunk.part, worker)
      }
    }
  }

  /// What was found, once all parts are scanned or the deadline has come.
  func results(isComplete: Bool) throws(IndexError) -> [FingerprintSearchResult] {
    var totals: [UInt64?: Int] = [:]
    var results: [FingerprintSearchResult] = []
    for search in searches {
      let counted = search.found.all
      if !isComplete, totals[search.codes] == nil {
        totals[search.codes] = try total(ofCodes: search.codes)
      }
      results.append(
        try result(of: search.found, total: totals[search.codes] ?? counted.counts.pairs)
      )
    }
    return results
  }

  private func result(
    of found: ProbeCandidates,
    total: Int
  ) throws(IndexError) -> FingerprintSearchResult {
    let counted = found.all
    let best = found.list.all
    return FingerprintSearchResult(
      candidates: try snapshot.candidates(best),
      positions: try positions(best),
      reached: counted.reached,
      coverage: Coverage(
        searched: counted.counts.pairs,
        total: total,
        generation: snapshot.generation
      ),
      counts: counted.counts
    )
  }

  /// Which finger each of the rows is, best first.
  private func positions(_ best: TopK<CandidateKey>) throws(IndexError) -> [FingerPosition] {
    var positions: [FingerPosition] = []
    for entry in best.sorted() {
      let (part, row) = snapshot.locate(entry.key.row)
      let code = try part.withPositions(ofRows: row..<row + 1) { $0[0] }
      guard let position = FingerPosition(rawValue: code) else {
        throw part.positionDamage(ofRow: row)
      }
      positions.append(position)
    }
    return positions
  }

  private func group(_ number: Int) -> ArraySlice<Search> {
    let first = number * Self.groupProbeCount
    return searches[first..<min(first + Self.groupProbeCount, searches.count)]
  }

  /// Whether a row of the snapshot is neither removed nor left out by the selection.
  private func isSought(_ row: Int) -> Bool { snapshot.isSought(row, options.selection) }

  /// How many rows a probe with that filter is to be compared with.
  private func total(ofCodes codes: UInt64?) throws(IndexError) -> Int {
    guard let codes else { return options.selection?.count ?? snapshot.count }
    var total = 0
    for (part, firstRow) in zip(snapshot.parts, snapshot.firstRows) {
      total += try part.withPositions(ofRows: 0..<part.rowCount) { positions in
        positions.indices.count { row in
          isSought(firstRow + row) && PositionCodes.contains(positions[row], codes)
        }
      }
    }
    return total
  }

  /// Compares the aimed rows with a few probes at once.
  private func scan(
    _ searches: ArraySlice<Search>,
    _ window: PrintWindow,
    _ partIndex: Int,
    _ worker: SearchWorker
  ) throws(IndexError) {
    let part = snapshot.parts[partIndex]
    // What cannot be listed needs no identifier. The bound only rises, so an old one is safe.
    let floors = searches.map(\.found.list.floor)
    let threshold = options.threshold
    var reached = Array(repeating: 0, count: searches.count)
    var counts = Array(repeating: ScanCounts(), count: searches.count)
    worker.hits.removeAll(keepingCapacity: true)
    do throws(DamagedPrint) {
      try worker.withAim { starts, wanted throws(DamagedPrint) in
        try matcher.scan(
          searches.map(\.probe.points),
          arena: window.arena,
          offsets: starts,
          wanted: wanted,
          mode: options.mode,
          workspace: worker.workspace,
          counts: &counts
        ) { probe, index, score in
          if let threshold, score < threshold { return }
          reached[probe] += 1
          if let floor = floors[probe], score < floor { return }
          worker.hits.append((probe, index, score))
        }
      }
    } catch {
      throw part.damage(ofRow: worker.chosen[error.index])
    }
    for (probe, search) in searches.enumerated() {
      worker.listed.removeAll(keepingCapacity: true)
      for hit in worker.hits where hit.probe == probe {
        let row = worker.chosen[hit.index]
        let key = CandidateKey(
          reference: try part.referenceKey(ofRow: row),
          row: snapshot.firstRows[partIndex] + row
        )
        worker.listed.append((key, hit.score))
      }
      search.found.add(worker.listed, counts: counts[probe], reached: reached[probe])
    }
  }
}
