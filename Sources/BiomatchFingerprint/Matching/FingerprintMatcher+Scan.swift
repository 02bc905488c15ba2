import BiomatchCore

extension FingerprintMatcher {
  /// Compares a probe with prints of an arena, whose parameters the caller has checked.
  ///
  /// - Parameters:
  ///   - arena: Packed prints of this matcher's parameters; nothing outside is read.
  ///   - offsets: Where the prints start, in units of 8 bytes, at most ``ScanWorkspace/capacity``.
  ///   - visit: Called in the order of the offsets with the position in them and the score, for each
  ///     print whose score is above zero.
  /// - Throws: ``DamagedPrint`` for bytes that are no packed print; then nothing is visited.
  func scan(
    _ probe: PreparedProbe,
    arena: UnsafeRawBufferPointer,
    offsets: UnsafeBufferPointer<UInt32>,
    mode: SearchMode,
    workspace: ScanWorkspace,
    visit: (Int, SimilarityScore) -> Void
  ) throws(DamagedPrint) -> ScanCounts {
    let formula = SurpriseScore(parameters: parameters)
    var current = -1
    var best: Float = 0
    let counts = kernels.scan(
      probe.points,
      arena: arena,
      offsets: offsets,
      gated: mode == .screened,
      workspace: workspace
    ) { index, sums in
      if index != current, best > 0 { visit(current, SimilarityScore(best)) }
      if index != current { (current, best) = (index, 0) }
      best = max(best, formula.score(sums))
    }
    if best > 0 { visit(current, SimilarityScore(best)) }
    return try counts.get()
  }
}

/// Bytes that a scan was told are a packed print, and are none.
struct DamagedPrint: Error, Hashable {
  /// The position in the scan's list.
  let index: Int
}
