import BiomatchCore

/// What one thread keeps from chunk to chunk: buffers that are filled anew and never given back.
final class SearchWorker {
  let workspace = ScanWorkspace()

  /// Rows of a chunk that are sought, counted from their part's start, and their positions where a
  /// probe asks for them.
  private(set) var chosen: [Int] = []
  private var positions: [UInt8] = []

  /// Where the prints of the chosen rows start, and for each a bit for each probe that is compared
  /// with it.
  private var starts: [UInt32] = []
  private var wanted: [UInt32] = []

  /// Numbers of probes, places in ``chosen``, scores.
  var hits: [(probe: Int, index: Int, score: SimilarityScore)] = []
  var listed: [(CandidateKey, SimilarityScore)] = []

  /// Takes the rows of another chunk.
  func choose(
    _ rows: [Int],
    of part: PrintPart,
    withPositions: Bool
  ) throws(IndexError) {
    chosen = rows
    positions.removeAll(keepingCapacity: true)
    guard withPositions, let first = rows.first, let last = rows.last else { return }
    try part.withPositions(ofRows: first..<last + 1) { codes throws(IndexError) in
      for row in rows {
        let code = codes[row - first]
        guard FingerPosition(rawValue: code) != nil else { throw part.positionDamage(ofRow: row) }
        positions.append(code)
      }
    }
  }

  /// Decides which probes the chosen rows are compared with: those with the row's position among
  /// their `codes`, or with `nil`.
  func aim(at window: PrintWindow, firstRow: Int, codes: [UInt64?]) {
    starts.removeAll(keepingCapacity: true)
    wanted.removeAll(keepingCapacity: true)
    let always = codes.indices.reduce(0) { codes[$1] == nil ? $0 | 1 << UInt32($1) : $0 }
    for (index, row) in chosen.enumerated() {
      var mask = UInt32(always)
      for (q, codes) in codes.enumerated() {
        if let codes, PositionCodes.contains(positions[index], codes) { mask |= 1 << UInt32(q) }
      }
      wanted.append(mask)
      starts.append(window.start(ofRow: row - firstRow))
    }
  }

  /// Calls `body` with where the prints start and which probes each is compared with.
  func withAim<Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) throws(Failure) -> Void
  ) throws(Failure) {
    try starts.withUnsafeBufferPointer { starts throws(Failure) in
      try wanted.withUnsafeBufferPointer { wanted throws(Failure) in try body(starts, wanted) }
    }
  }
}

/// Sets of finger positions with a bit for each code.
enum PositionCodes {
  /// Whether the code is in the set; none of 64 and above is.
  static func contains(_ code: UInt8, _ codes: UInt64) -> Bool {
    code < 64 && codes >> UInt64(code) & 1 == 1
  }
}
