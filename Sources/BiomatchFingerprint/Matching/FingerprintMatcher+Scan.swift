import BiomatchCore

extension FingerprintMatcher {
  /// Compares probes with prints of an arena, whose parameters the caller has checked.
  ///
  /// - Parameters:
  ///   - probes: At most ``ScanWorkspace/probeCapacity``.
  ///   - arena: Packed prints of this matcher's parameters; nothing outside is read.
  ///   - offsets: Where the prints start, in units of 8 bytes, at most
  ///     ``ScanWorkspace/printCapacity``.
  ///   - wanted: For each print, bit q is set where it is to be compared with probe q.
  ///   - counts: Raised by what became of each probe's pairs.
  ///   - visit: Called with the number of the probe, the position in the offsets and the score, for
  ///     each pair whose score is above zero.
  /// - Throws: ``DamagedPrint`` for bytes that are no packed print; then nothing is visited.
  func scan(
    _ probes: [PreparedPoints],
    arena: UnsafeRawBufferPointer,
    offsets: UnsafeBufferPointer<UInt32>,
    wanted: UnsafeBufferPointer<UInt32>,
    mode: SearchMode,
    workspace: ScanWorkspace,
    counts: inout [ScanCounts],
    visit: (Int, Int, SimilarityScore) -> Void
  ) throws(DamagedPrint) {
    let formula = SurpriseScore(parameters: parameters)
    let damage = kernels.scan(
      probes,
      arena: arena,
      offsets: offsets,
      wanted: wanted,
      gated: mode == .screened,
      workspace: workspace,
      counts: &counts
    ) { probe, index, first, second in
      let score = max(formula.score(first), second.map(formula.score) ?? 0)
      if score > 0 { visit(probe, index, SimilarityScore(score)) }
    }
    if let damage { throw damage }
    for mask in wanted {
      for q in counts.indices where mask >> UInt32(q) & 1 == 1 { counts[q].pairs += 1 }
    }
  }
}

/// Bytes that a scan was told are a packed print, and are none.
struct DamagedPrint: Error, Hashable {
  /// The position in the scan's list.
  let index: Int
}
