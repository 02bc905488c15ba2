import BiomatchCore

/// What one thread keeps from chunk to chunk: buffers that are filled anew and never given back.
final class FaceScanWorker {
  /// The most probes for which the upper halves of codes are compared first.
  private static let coarseProbeCount = 64
  /// Where at most so many of a span's rows are sought, their scores are computed at once.
  private static let sparseRows = 2
  /// After a run in which more than one pair in a row was left to refine, so many runs compare whole
  /// codes at once.
  private static let fineRuns = 8

  private var group: ProbeGroup?
  private var batch: ProbeBatch?
  private var screen: CodeScreen?
  private var threshold: SimilarityScore?
  /// The score below which nothing is listed any more, by probe.
  private var floors: [SimilarityScore?] = []
  private var counts: [FaceScanCounts] = []
  /// How many rows the chunk had that were sought.
  private var rowCount = 0
  private var limit = 1
  private var fineRunsLeft = 0

  /// Whether a probe's list is still open to any row.
  private(set) var isOpen = true

  /// Begins a chunk for one of a group's batches of probes, of which so many rows are compared at once.
  func begin(
    _ group: ProbeGroup,
    batch index: Int,
    rows: Int,
    limit: Int,
    threshold: SimilarityScore?
  ) {
    if self.group !== group {
      self.group = group
      counts = Array(repeating: FaceScanCounts(), count: group.lists.count)
    }
    if batch !== group.batches[index] {
      batch = group.batches[index]
      screen = CodeScreen(group.batches[index], kernels: group.kernels, rows: rows)
    }
    self.limit = limit
    self.threshold = threshold
    fineRunsLeft = 0
    floors = group.lists.map(\.floor)
    isOpen = isAnyListOpen
    for probe in floors.indices { setLeast(ofProbe: probe) }
  }

  /// Ends the chunk.
  func end() {
    guard let group else { return }
    group.add(counts, rows: rowCount)
    rowCount = 0
    for probe in counts.indices { counts[probe] = FaceScanCounts() }
  }

  /// Compares rows of a part, counted from its start, with the group's probes.
  ///
  /// - Parameter wanted: a word for each span, with a bit for each row that is sought.
  func scan(
    _ rows: Range<Int>,
    _ wanted: [UInt64],
    of part: FacePart,
    firstRow: Int
  ) throws(IndexError) {
    guard let screen, let group else { return }
    let sought = wanted.reduce(0) { $0 + $1.nonzeroBitCount }
    guard sought > 0 else { return }
    rowCount += sought
    screen.removeAll()
    let dense = addSparse(wanted, to: screen)
    if dense.contains(where: { $0 != 0 }) {
      let blocks = rows.lowerBound / CodeLayout.blockRows..<CodeLayout.blocks(rows.upperBound)
      try compare(blocks, dense, of: part, with: screen, probes: group.lists.count)
    }
    guard screen.count > 0 else { return }
    try part.withVectors(
      ofRows: rows,
      sought: screen.hitRows.map { rows.lowerBound + $0 }
    ) { vectors in
      if let start = vectors.baseAddress { screen.score(rows: start) }
    }
    try offer(screen, group, of: part, at: rows.lowerBound, firstRow: firstRow)
    if isOpen { isOpen = isAnyListOpen }
  }

  /// Makes the rows of spans hits in which few are sought; what is sought in the others.
  private func addSparse(_ wanted: [UInt64], to screen: CodeScreen) -> [UInt64] {
    wanted.enumerated().map { span, word in
      guard word != 0, word.nonzeroBitCount <= Self.sparseRows else { return word }
      var rest = word
      while rest != 0 {
        screen.addRow(span * CodeLayout.spanRows + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
      return 0
    }
  }

  /// Finds the rows whose codes do not rule them out.
  private func compare(
    _ blocks: Range<Int>,
    _ wanted: [UInt64],
    of part: FacePart,
    with screen: CodeScreen,
    probes: Int
  ) throws(IndexError) {
    let isCoarse = probes <= Self.coarseProbeCount && fineRunsLeft == 0
    let (isOpen, first) = (isOpen, screen.count)
    try part.withCodes(ofBlocks: blocks) { window throws(IndexError) in
      let added = wanted.withUnsafeBufferPointer { wanted in
        isCoarse ? screen.screenCoarsely(window, wanted: wanted, blocks: blocks.count) : 0
      }
      guard !isCoarse || added > 0 else { return }
      try part.withLower(ofBlocks: blocks) { lower throws(IndexError) in
        guard let lower = lower.baseAddress else { return }
        if isCoarse {
          for index in screen.count - added..<screen.count {
            counts[screen.hit(index).probe].refined += 1
          }
          screen.refine(added, window, lower: lower)
          if added > blocks.count * CodeLayout.blockRows { fineRunsLeft = Self.fineRuns }
        } else {
          fineRunsLeft = max(0, fineRunsLeft - 1)
          wanted.withUnsafeBufferPointer { wanted in
            screen.screen(window, lower: lower, wanted: wanted, blocks: blocks.count)
          }
        }
        // Nothing is known yet of what will be listed: more than enough of these rows would be scored.
        if isOpen { screen.raiseLeast(to: limit, from: first, window) }
      }
    }
  }

  /// Lists the hits that reach what is listed so far.
  private func offer(
    _ screen: CodeScreen,
    _ group: ProbeGroup,
    of part: FacePart,
    at start: Int,
    firstRow: Int
  ) throws(IndexError) {
    for index in 0..<screen.count {
      let hit = screen.hit(index)
      counts[hit.probe].scored += 1
      // Rounding gives no vector a score that is not finite; forged ones may have.
      guard hit.score.isFinite else {
        throw part.damage(ofRow: start + hit.row, in: SavedFaces.vectorsLabel)
      }
      let score = SimilarityScore(hit.score)
      if let threshold, score < threshold { continue }
      if let floor = floors[hit.probe], score < floor { continue }
      let row = start + hit.row
      let key = CandidateKey(reference: try part.referenceKey(ofRow: row), row: firstRow + row)
      let floor = group.lists[hit.probe].offer(score, key: key)
      if floor != floors[hit.probe] {
        floors[hit.probe] = floor
        setLeast(ofProbe: hit.probe)
      }
    }
  }

  private var isAnyListOpen: Bool { threshold == nil && floors.contains { $0 == nil } }

  private func setLeast(ofProbe probe: Int) {
    let least = max(floors[probe]?.value ?? -.infinity, threshold?.value ?? -.infinity)
    screen?.setLeast(least, ofProbe: probe)
  }
}
