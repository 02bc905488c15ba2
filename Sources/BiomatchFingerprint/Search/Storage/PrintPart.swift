import BiomatchCore

/// Consecutive rows whose packed prints lie one behind the other in one arena.
typealias PrintPart = IndexPart<FingerprintIndexKind>

extension IndexPart<FingerprintIndexKind> {
  /// Rows besides prints: an offset of four bytes and a position of one.
  static var rowByteCount: Int { 5 }

  /// Size of everything but identifiers.
  var byteCount: Int {
    switch self {
    case .memory(let part): part.byteCount
    case .saved(let part): part.arenaByteCount + Self.rowByteCount * part.rows.count
    }
  }

  /// Calls `body` with the codes of the finger positions of the rows.
  func withPositions<R>(
    ofRows rows: Range<Int>,
    _ body: (UnsafeBufferPointer<UInt8>) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    switch self {
    case .memory(let part): try part.withPositions(ofRows: rows, body)
    case .saved(let part): try part.withPositions(ofRows: rows, body)
    }
  }

  /// Calls `body` with the prints of the rows, of which there is at least one.
  func withPrints<R>(
    ofRows rows: Range<Int>,
    _ body: (PrintWindow) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    switch self {
    case .memory(let part): try part.withPrints(ofRows: rows, body)
    case .saved(let part): try part.withPrints(ofRows: rows, body)
    }
  }

  /// The error for a row whose bytes are no print.
  func damage(ofRow row: Int) -> IndexError { damage(ofRow: row, in: SavedPrints.printsLabel) }

  /// The error for a row whose position has no code.
  func positionDamage(ofRow row: Int) -> IndexError {
    damage(ofRow: row, in: SavedPrints.positionsLabel)
  }
}

/// The prints of some rows, for as long as the call that gives them runs.
struct PrintWindow {
  /// Bytes that hold the prints and start at a multiple of 8.
  let arena: UnsafeRawBufferPointer
  /// Where the first byte of `arena` lies, in units of 8 bytes as the starts are.
  let base: UInt32
  /// Where the last print ends, in the same units.
  let end: UInt32
  /// Where each print starts.
  let starts: UnsafeBufferPointer<UInt32>

  /// Where a row's print starts within the arena, in units of 8 bytes. A damaged start may lie
  /// anywhere.
  func start(ofRow row: Int) -> UInt32 { starts[row] &- base }

  /// The bytes of a row's print; `nil` when the starts are damaged.
  func print(ofRow row: Int) -> UnsafeRawBufferPointer? {
    let next = row + 1 < starts.count ? starts[row + 1] : end
    guard base <= starts[row], starts[row] <= next else { return nil }
    let range = 8 * Int(starts[row] - base)..<8 * Int(next - base)
    guard range.upperBound <= arena.count else { return nil }
    return UnsafeRawBufferPointer(rebasing: arena[range])
  }
}
