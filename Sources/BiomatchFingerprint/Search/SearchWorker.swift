import BiomatchCore

/// What one thread keeps from chunk to chunk: buffers that are filled anew and never given back.
final class SearchWorker {
  let workspace = ScanWorkspace()

  /// Rows of a chunk that are sought, counted from their part's start, and their positions where a
  /// probe asks for them.
  private(set) var chosen: [Int] = []
  private var positions: [UInt8] = []

  /// Of these, the rows that one probe is compared with, and where their prints start.
  private(set) var aimed: [Int] = []
  private(set) var starts: [UInt32] = []
  private var aimedCodes: UInt64?
  private var isAimed = false

  /// Places in ``aimed`` with their scores.
  var hits: [(index: Int, score: SimilarityScore)] = []
  var listed: [(CandidateKey, SimilarityScore)] = []

  /// Takes the rows of another chunk.
  func choose(
    _ rows: [Int],
    of part: any IndexPart,
    withPositions: Bool
  ) throws(FingerprintIndexError) {
    chosen = rows
    isAimed = false
    positions.removeAll(keepingCapacity: true)
    guard withPositions, let first = rows.first, let last = rows.last else { return }
    try part.withPositions(ofRows: first..<last + 1) { codes throws(FingerprintIndexError) in
      for row in rows {
        let code = codes[row - first]
        guard FingerPosition(rawValue: code) != nil else { throw part.damage(ofRow: row) }
        positions.append(code)
      }
    }
  }

  /// Picks the chosen rows whose position is among `codes`, all for `nil`.
  func aim(at window: PrintWindow, firstRow: Int, codes: UInt64?) {
    // Most batches have one filter, or none.
    if isAimed, aimedCodes == codes { return }
    (isAimed, aimedCodes) = (true, codes)
    aimed.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    for (index, row) in chosen.enumerated() {
      if let codes, !PositionCodes.contains(positions[index], codes) { continue }
      aimed.append(row)
      starts.append(window.start(ofRow: row - firstRow))
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
