import BiomatchCore

/// A run of consecutive rows whose packed prints lie one behind the other in one arena.
///
/// Parts never change. Rows are counted from the part's own start.
protocol IndexPart: AnyObject, Sendable {
  /// How many rows there are, removed ones included.
  var rowCount: Int { get }
  /// Size of the packed prints.
  var arenaByteCount: Int { get }

  /// The identifiers of a row.
  func reference(ofRow row: Int) throws(FingerprintIndexError) -> ReferenceID
  func subject(ofRow row: Int) throws(FingerprintIndexError) -> SubjectID
  func referenceKey(ofRow row: Int) throws(FingerprintIndexError) -> ReferenceKey

  /// Calls `body` with the codes of the finger positions of the rows.
  func withPositions<R>(
    ofRows rows: Range<Int>,
    _ body: (UnsafeBufferPointer<UInt8>) throws(FingerprintIndexError) -> R
  ) throws(FingerprintIndexError) -> R

  /// Calls `body` with the prints of the rows, of which there is at least one.
  func withPrints<R>(
    ofRows rows: Range<Int>,
    _ body: (PrintWindow) throws(FingerprintIndexError) -> R
  ) throws(FingerprintIndexError) -> R

  /// The error for a row whose entry in a section is impossible.
  func damage(ofRow row: Int, in section: SegmentLabel) -> FingerprintIndexError
}

extension IndexPart {
  /// The error for a row whose bytes are no print.
  func damage(ofRow row: Int) -> FingerprintIndexError {
    damage(ofRow: row, in: SavedPart.printsLabel)
  }

  /// The error for a row whose position has no code.
  func positionDamage(ofRow row: Int) -> FingerprintIndexError {
    damage(ofRow: row, in: SavedPart.positionsLabel)
  }

  /// Rows besides prints: an offset of four bytes and a position of one.
  static var rowByteCount: Int { 5 }

  /// Size of everything but identifiers.
  var byteCount: Int { arenaByteCount + Self.rowByteCount * rowCount }
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
